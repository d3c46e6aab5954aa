"""Steps 11 to 13: claim, send, settle. Each is a row before it is an action, so a crash is never a second post."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx

from relay.core import workflow
from relay.core.calendar import next_moment
from relay.core.crosspost import Account, AuthLost, Crosspost, Outcome, Refused, Request, Retry, State, Unsure
from relay.networks.network import Network
from relay.pipeline.desk import Desk
from relay.storage import crossposts, journal
from relay.storage.database import Database
from relay.storage.journal import Actor

RELAY = Actor("relay", "delivery")
LEASE = timedelta(minutes=2)
"""Longer than any call to a network may take: a worker that is silent for so long is dead."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivered:
    """Where an attempt, or a look at an unknown one, left a cross-post."""

    id: int
    account: str
    state: State
    note: str


def deliver(db: Database, http: httpx.Client, desk: Desk, clock: Clock) -> list[Delivered]:
    """One pass over what is approved and due: accounts side by side, the posts of one account in order."""
    with db.read() as tx:
        due = crossposts.due(tx, State.SCHEDULED, clock())
    by_account: dict[str, list[Crosspost]] = {}
    for crosspost in due:
        by_account.setdefault(crosspost.account, []).append(crosspost)
    with ThreadPoolExecutor(max(len(by_account), 1)) as pool:
        passes = pool.map(lambda own: _deliver_account(db, http, desk, own, clock), by_account.values())
        return [delivered for one in passes for delivered in one]


def _deliver_account(
    db: Database, http: httpx.Client, desk: Desk, due: Iterable[Crosspost], clock: Clock
) -> list[Delivered]:
    attempts = (_attempt(db, http, desk, crosspost, clock) for crosspost in due)
    return [delivered for delivered in attempts if delivered]


def _attempt(db: Database, http: httpx.Client, desk: Desk, due: Crosspost, clock: Clock) -> Delivered | None:
    claimed = _claim(db, desk, due, clock())
    if claimed is None or claimed.state is not State.SENDING:
        return _said(claimed)
    account = desk.accounts[claimed.account]
    network = desk.networks[account.network]
    prepared = _prepared(network, http, account, claimed)
    if not isinstance(prepared, Request):
        return _said(_settle(db, claimed, prepared, clock()))
    frozen = workflow.freeze(claimed, prepared)
    if not _store(db, claimed, frozen):
        return None
    return _said(_settle(db, frozen, _published(network, http, account, prepared), clock()))


def _claim(db: Database, desk: Desk, due: Crosspost, now: datetime) -> Crosspost | None:
    """Take it for this worker and journal the attempt; or put it off, or on hold. ``None``: somebody else has it."""
    with db.write() as tx:
        account = desk.accounts.get(due.account)
        missing = _unusable(desk, account)
        if missing:
            new = workflow.hold_account(due, missing, now)
        elif quiet := _quiet_until(desk, due, now):
            new = workflow.defer(due, quiet, "Quiet hours: it leaves when they are over.")
        elif account and (later := _too_soon(account, crossposts.sent_since(tx, due.account, now - DAY), now)):
            new = workflow.defer(due, later, "The account's pace: it leaves a little later.")
        else:
            new = workflow.claim(due, LEASE, now)
        if not crossposts.replace(tx, due, new):
            return None
        if new.state is State.SENDING:
            journal.begin_attempt(tx, new, now)
        if new.state is not due.state:
            journal.write(tx, RELAY, due, new, new.note or f"attempt {new.attempt}", now)
    return new


def _prepared(
    network: Network, http: httpx.Client, account: Account, claimed: Crosspost
) -> Request | Retry | Refused | AuthLost:
    """The frozen request of an earlier attempt, or a new one: nothing the public sees has happened yet."""
    if claimed.request is not None:
        return claimed.request
    if claimed.keys is None:
        return Refused("It has no keys to be sent under: approve it again.")
    return network.prepare(http, account, claimed.draft, claimed.keys)


def _published(network: Network, http: httpx.Client, account: Account, request: Request) -> Outcome:
    try:
        return network.publish(http, account, request)
    except Exception as error:  # noqa: BLE001  # whatever went wrong, the request may have left: it must be looked for
        return Unsure(f"{type(error).__name__}: {error}")


def _settle(db: Database, sending: Crosspost, outcome: Outcome, now: datetime) -> Crosspost | None:
    """Store the outcome, if this attempt is still the one that counts."""
    new = workflow.settle(sending, outcome, now)
    with db.write() as tx:
        if not crossposts.replace(tx, sending, new):
            return None
        journal.end_attempt(tx, sending, type(outcome).__name__, new.note, now)
        journal.write(tx, RELAY, sending, new, new.note or str(new.state), now)
    return new


def _store(db: Database, old: Crosspost, new: Crosspost) -> bool:
    with db.write() as tx:
        return crossposts.replace(tx, old, new)


DAY = timedelta(days=1)


def _unusable(desk: Desk, account: Account | None) -> str:
    if account is None:
        return "Its account is no longer in the configuration."
    missing = [name for name in desk.networks[account.network].SETTINGS.secret if name not in account.secrets]
    return f"The account has no {', '.join(missing)}: see `relay check`, then resume it." if missing else ""


def _quiet_until(desk: Desk, due: Crosspost, now: datetime) -> datetime | None:
    """When quiet hours end, ``None`` outside them: what is sent again may come due within them."""
    any_time = replace(desk.route(due).schedule, slots=())
    moment = next_moment(any_time, now)
    return moment if moment and moment > now else None


def _too_soon(account: Account, sent: list[datetime], now: datetime) -> datetime | None:
    """When the account's pace allows the next post, ``None`` when that is now. ``sent`` is of one day, newest first."""
    pace = account.pace
    moments = [sent[0] + pace.min_gap] if sent else []
    if pace.per_day is not None and len(sent) >= pace.per_day:
        moments.append(sent[pace.per_day - 1] + DAY)
    latest = max(moments, default=now)
    return latest if latest > now else None


def _said(crosspost: Crosspost | None) -> Delivered | None:
    return Delivered(crosspost.id, crosspost.account, crosspost.state, crosspost.note) if crosspost else None
