"""Steps 11 to 13: claim, send, settle. Each is a row before it is an action, so a crash is never a second post."""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

import httpx
from sqlalchemy import Connection

from relay.core.account import Account, Pace
from relay.core.crosspost import Crosspost, Request, State
from relay.core.outcome import AuthLost, Outcome, Refused, Retry, Unsure
from relay.core.pictures.rendition import digest_of
from relay.core.review import workflow
from relay.core.review.calendar import next_moment
from relay.networks.network import Network
from relay.pipeline.desk import Desk
from relay.storage import crossposts, journal, pictures
from relay.storage.database import Database
from relay.storage.journal import Actor

log = logging.getLogger("relay")

RELAY = Actor("relay", "delivery")
LEASE = timedelta(minutes=2)
"""Longer than any call to a network may take: a worker that is silent for so long is dead."""
TURN = timedelta(seconds=30)
"""How long one account may hold up a pass; what it does not get done is due at the next."""
LATE = timedelta(minutes=30)
"""A slot that was missed by more than this is over: the next one comes."""
DAY = timedelta(days=1)

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
    end = clock() + TURN
    turn = takewhile(lambda _: clock() < end, due)
    attempts = (_apart(db, http, desk, crosspost, clock) for crosspost in turn)
    return [delivered for delivered in attempts if delivered]


def _apart(db: Database, http: httpx.Client, desk: Desk, due: Crosspost, clock: Clock) -> Delivered | None:
    """An attempt that breaks off stops no other: its row says how far it came, and it is taken up from there."""
    try:
        return _attempt(db, http, desk, due, clock)
    except Exception:
        log.exception("the delivery of cross-post %d to %s broke off", due.id, due.account)
        return None


def _attempt(db: Database, http: httpx.Client, desk: Desk, due: Crosspost, clock: Clock) -> Delivered | None:
    claimed = _claim(db, desk, due, clock())
    if claimed is None or claimed.state is not State.SENDING:
        return _said(claimed)
    account = desk.accounts[claimed.account]
    network = desk.networks[account.network]
    prepared = _prepared(network, http, account, claimed, _picture(db, claimed))
    if not isinstance(prepared, Request):
        return _said(_settle(db, claimed, prepared, clock()))
    frozen = replace(workflow.freeze(claimed, prepared), lease_until=clock() + LEASE)
    if not _store(db, claimed, frozen):
        return None
    return _said(_settle(db, frozen, _published(network, http, account, prepared), clock()))


def _claim(db: Database, desk: Desk, due: Crosspost, now: datetime) -> Crosspost | None:
    """Take it for this worker and journal the attempt; or put it off, or on hold. ``None``: somebody else has it."""
    with db.write() as tx:
        if missing := desk.unusable(due.account):
            new = workflow.hold_account(due, f"{missing} Then resume it.", now)
        else:
            new = _put_off(desk, due, now) or _paced(tx, desk, due, now) or workflow.claim(due, LEASE, now)
        if not crossposts.replace(tx, due, new):
            return None
        if new.state is State.SENDING:
            journal.begin_attempt(tx, new, now)
        if new.state is not due.state:
            journal.write(tx, RELAY, due, new, new.note or f"attempt {new.attempt}", now)
    return new


def _picture(db: Database, claimed: Crosspost) -> bytes | None:
    """The bytes of the picture that it is sent with, if relay keeps them."""
    digest = digest_of(claimed.draft.image.url) if claimed.draft.image else None
    if digest is None or claimed.request is not None:
        return None
    with db.read() as tx:
        return next((pictures.body(tx, one) for one in pictures.sizes(tx, (digest,)) if one.need == "page"), None)


def _prepared(
    network: Network, http: httpx.Client, account: Account, claimed: Crosspost, picture: bytes | None
) -> Request | Retry | Refused | AuthLost:
    """The frozen request of an earlier attempt, or a new one: nothing the public sees has happened yet."""
    if claimed.request is not None:
        return claimed.request
    if claimed.keys is None:
        return Refused("It has no keys to be sent under: approve it again.")
    try:
        return network.prepare(http, account, claimed.draft, claimed.keys, picture)
    except Exception as error:
        log.exception("cross-post %d could not be prepared for %s", claimed.id, claimed.account)
        return Refused(f"It could not be prepared ({type(error).__name__}: {error}).")


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


def _put_off(desk: Desk, due: Crosspost, now: datetime) -> Crosspost | None:
    """Later, where its schedule does not let it go now: it missed its slot, or is sent again in quiet hours."""
    schedule = desk.route(due).schedule
    missed = bool(schedule.slots) and due.not_before is not None and now - due.not_before > LATE
    moment = next_moment(schedule if missed else replace(schedule, slots=()), now)
    if moment is None:
        return workflow.shut(due, now)
    why = "It missed its slot: it leaves at the next." if missed else "Quiet hours: it leaves when they are over."
    return workflow.defer(due, moment, why) if moment > now else None


def _paced(tx: Connection, desk: Desk, due: Crosspost, now: datetime) -> Crosspost | None:
    """Later, where the account's pace does not let it go now."""
    pace = desk.accounts[due.account].pace
    sent = crossposts.sent_since(tx, due.account, now - max(DAY, pace.min_gap))
    later = _too_soon(pace, sent, now)
    return workflow.defer(due, later, "The account's pace: it leaves a little later.") if later else None


def _too_soon(pace: Pace, sent: list[datetime], now: datetime) -> datetime | None:
    """When the pace allows the next post, ``None`` when that is now. ``sent`` is of a day or more, newest first."""
    moments = [sent[0] + pace.min_gap] if sent else []
    if pace.per_day is not None and len(sent) >= pace.per_day:
        moments.append(sent[pace.per_day - 1] + DAY)
    latest = max(moments, default=now)
    return latest if latest > now else None


def _said(crosspost: Crosspost | None) -> Delivered | None:
    return Delivered(crosspost.id, crosspost.account, crosspost.state, crosspost.note) if crosspost else None
