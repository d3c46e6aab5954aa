"""Between a yes and its sending, and after a doubt: what time alone changes in the queue."""

from datetime import datetime, timedelta

import httpx

from relay.core import workflow
from relay.core.calendar import next_moment
from relay.core.crosspost import CannotTell, Crosspost, Finding, NotThere, State, Unsure
from relay.pipeline.desk import Desk
from relay.storage import crossposts, journal
from relay.storage.database import Database
from relay.storage.journal import Actor

RELAY = Actor("relay", "clock")
MARGIN = timedelta(minutes=2)
"""Clocks of networks are not ours: posts are looked for from a little before the attempt."""


def tidy(db: Database, http: httpx.Client, desk: Desk, now: datetime) -> int:
    """Close recall windows, let old ones expire, and find out what became of lost attempts; how many moved."""
    with db.read() as tx:
        approved = crossposts.due(tx, State.APPROVED, now)
        undecided = crossposts.by_state(tx, (State.WAITING, State.CHANGES, State.HELD))
        lost = crossposts.abandoned(tx, now)
        unknown = crossposts.due(tx, State.UNCONFIRMED, now)
    moved = sum(_close_window(db, desk, old, now) for old in approved)
    moved += sum(_expire(db, desk, old, now) for old in undecided)
    moved += sum(_doubt(db, old, now) for old in lost)
    return moved + sum(_look(db, http, desk, old, now) for old in unknown)


def _close_window(db: Database, desk: Desk, old: Crosspost, now: datetime) -> int:
    moment = next_moment(desk.route(old).schedule, now)
    return _store(db, old, workflow.schedule(old, moment, now), "recall window over", now) if moment else 0


def _expire(db: Database, desk: Desk, old: Crosspost, now: datetime) -> int:
    new = workflow.expire(old, desk.route(old).approval, now)
    return _store(db, old, new, "nobody approved it in time", now) if new else 0


def _doubt(db: Database, old: Crosspost, now: datetime) -> int:
    """A worker died while sending: what it sent may be public."""
    lost = Unsure("The worker stopped before the network's answer was stored.")
    with db.write() as tx:
        journal.end_attempt(tx, old, type(lost).__name__, lost.why, now)
    return _store(db, old, workflow.settle(old, lost, now), lost.why, now)


def _look(db: Database, http: httpx.Client, desk: Desk, old: Crosspost, now: datetime) -> int:
    """Ask the network itself; only a proof of absence sends it again."""
    with db.read() as tx:
        since = (journal.attempt_started(tx, old) or now) - MARGIN
    new = workflow.verify(old, _find(http, desk, old, since), now)
    return _store(db, old, new, new.note or str(new.state), now)


def _find(http: httpx.Client, desk: Desk, old: Crosspost, since: datetime) -> Finding:
    if old.request is None:
        return NotThere()  # a request is stored before it is sent: this one never was
    account = desk.accounts.get(old.account)
    if account is None:
        return CannotTell("Its account is no longer in the configuration: look there, then confirm or give up.")
    return desk.networks[account.network].find(http, account, old.request, since)


def _store(db: Database, old: Crosspost, new: Crosspost, what: str, now: datetime) -> int:
    with db.write() as tx:
        if not crossposts.replace(tx, old, new):
            return 0
        if new.state is not old.state:
            journal.write(tx, RELAY, old, new, what, now)
    return 1
