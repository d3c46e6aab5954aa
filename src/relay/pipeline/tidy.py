"""Between a yes and its sending, and after a doubt: what time alone changes in the queue."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from time import monotonic

import httpx
from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.outcome import CannotTell, Finding, NotThere, Unsure
from relay.core.review import corrections, settling, workflow
from relay.core.scheduling.planning import after_window
from relay.pipeline import late
from relay.pipeline.accounts.connected import current
from relay.pipeline.delivering.claiming import AT_WORK
from relay.pipeline.desk import Desk
from relay.storage import accounts, crossposts, journal
from relay.storage.database import Database
from relay.storage.journal import Actor

log = logging.getLogger("relay")

RELAY = Actor("relay", "clock")
LOOKS = 10
"""How many unknown ones of an account are looked for in one pass."""
UNDECIDED = (State.WAITING, State.CHANGES, State.HELD)
MARGIN = timedelta(minutes=15)
"""Clocks of networks are not ours, and ours may be wrong: posts are looked for from before the attempt."""


def tidy(db: Database, http: httpx.Client, desk: Desk, now: datetime) -> int:
    """Close recall windows, let old ones expire, and find out what became of lost attempts; how many moved."""
    with db.read() as tx:
        desk = current(tx, desk)
        approved = crossposts.due(tx, State.APPROVED, now)
        undecided = _undecided(tx, desk, now)
        lost = crossposts.abandoned(tx, tuple(AT_WORK), now)
        doubtful = crossposts.due(tx, State.UNCONFIRMED, now)
        shut = {id for id in {one.account for one in doubtful} if accounts.is_shut(tx, id, now)}
    moved = sum(_close_window(db, desk, old, now) for old in approved)
    moved += sum(_expire(db, desk, old, now) for old in undecided)
    moved += sum(doubt(db, old, now) for old in lost)
    by_account: dict[str, list[Crosspost]] = {}
    for old in (one for one in doubtful if one.account not in shut):
        by_account.setdefault(old.account, []).append(old)
    with ThreadPoolExecutor(max(len(by_account), 1)) as pool:
        return moved + sum(pool.map(lambda own: _look_back(db, http, desk, own, now), by_account.values()))


def _undecided(tx: Connection, desk: Desk, now: datetime) -> list[Crosspost]:
    """Those that may have waited too long; where nothing expires, nothing is read."""
    expiring = [route for route in desk.routes if route.approval.expires is not None]
    accounts = tuple({account for route in expiring for account in route.accounts})
    shortest = min((route.approval.expires for route in expiring if route.approval.expires), default=None)
    return crossposts.untouched(tx, UNDECIDED, accounts, now - shortest) if shortest else []


def _close_window(db: Database, desk: Desk, old: Crosspost, now: datetime) -> int:
    moment = after_window(desk.schedule(old), old.wanted_at, old.not_before or now, now)
    new = workflow.schedule(old, moment, now) if moment else workflow.shut(old, now)
    return _store(db, desk, old, new, "recall window over", now)


def _expire(db: Database, desk: Desk, old: Crosspost, now: datetime) -> int:
    new = workflow.expire(old, desk.route(old).approval, now)
    return _store(db, desk, old, new, "nobody approved it in time", now) if new else 0


def doubt(db: Database, old: Crosspost, now: datetime) -> int:
    """A worker died at work: what it sent may be public."""
    lost = Unsure("The worker stopped before the network's answer was stored.")
    match old.state:
        case State.UPDATING:
            new = corrections.settle_update(old, lost, now)
        case State.WITHDRAWING:
            new = corrections.settle_withdrawal(old, lost, now)
        case _:
            new = settling.settle(old, lost, now)
    with db.write() as tx:
        if not crossposts.replace(tx, old, new):
            return 0
        journal.end_attempt(tx, old, type(lost).__name__, lost.why, now)
        journal.write(tx, RELAY, old, new, lost.why, now)
    return 1


def _look_back(db: Database, http: httpx.Client, desk: Desk, own: Sequence[Crosspost], now: datetime) -> int:
    """One account's, until it cannot tell: a network that hangs holds up neither the others nor what is due."""
    began = monotonic()
    for moved, old in enumerate(own[:LOOKS]):
        if not _look(db, http, desk, old, now, began):
            return moved
    return len(own[:LOOKS])


def _look(db: Database, http: httpx.Client, desk: Desk, old: Crosspost, now: datetime, began: float) -> bool:
    """Ask the network itself; only a proof of absence sends it again. Whether it could tell."""
    with db.read() as tx:
        since = (journal.attempt_started(tx, old) or now) - MARGIN
    finding = _shutting(db, old, _find(http, desk, old, since), now, began)
    posts = len(desk.posts(old)) if old.account in desk.accounts else 1
    new = settling.verify(old, finding, now, posts)
    if _store(db, desk, old, new, new.note or str(new.state), now) and isinstance(finding, NotThere):
        with db.write() as tx:
            journal.end_attempt(tx, old, "NotThere", new.note, now)
    return new.state is not State.UNCONFIRMED


def _shutting(db: Database, old: Crosspost, finding: Finding, now: datetime, began: float) -> Finding:
    """An account that has asked too much is left alone, from the moment at which that was said."""
    if not isinstance(finding, CannotTell) or finding.wait is None:
        return finding
    wait = finding.wait + timedelta(seconds=ceil(monotonic() - began))
    with db.write() as tx:
        accounts.shut(tx, old.account, now + wait)
    return replace(finding, wait=wait)


def _find(http: httpx.Client, desk: Desk, old: Crosspost, since: datetime) -> Finding:
    if old.request is None:
        return NotThere()  # a request is stored before it is sent: this one never was
    if missing := desk.unusable(old.account):
        return CannotTell(f"{missing} Look there, then confirm or give up.")
    account = desk.accounts[old.account]
    try:
        return desk.networks[account.network].find(http, account, old.request, since)
    except Exception as error:
        said = {"crosspost": old.id, "account": old.account}
        log.exception("cross-post %(crosspost)d could not be looked for at %(account)s", said)
        return CannotTell(f"It could not be looked for ({type(error).__name__}: {error}).")


def _store(db: Database, desk: Desk, old: Crosspost, new: Crosspost, what: str, now: datetime) -> int:
    with db.write() as tx:
        if not crossposts.replace(tx, old, new):
            return 0
        if new.state is not old.state:
            journal.write(tx, RELAY, old, new, what, now)
            late.caught_up(tx, desk, old, new, now)
    return 1
