"""The emergency stop: from its commit on, no worker sends, changes or takes back anything, until it is lifted."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import State
from relay.core.people import Editor
from relay.core.review import oversight
from relay.core.review.moving import Refusal
from relay.core.scheduling.calendar import next_moment
from relay.pipeline.accounts import standing
from relay.pipeline.desk import Desk
from relay.storage import crossposts, journal, stops
from relay.storage.database import Database
from relay.storage.journal import Actor
from relay.storage.stops import Stop

SUBJECT = "emergency stop"
NOTE = "After an emergency stop: what is late leaves one after the other."
WAITING = (State.APPROVED, State.SCHEDULED, State.UPDATING, State.WITHDRAWING)


def stop(db: Database, actor: tuple[Editor, str], reason: str, now: datetime) -> Stop:
    """Hold everything; what a worker has claimed already is settled. A second stop is refused: one is in force."""
    editor, means = actor
    oversight.check_stop(editor, reason)
    new = Stop(editor.name, now, " ".join(reason.replace("\0", "").split()))
    with db.write() as tx:
        if old := stops.in_force(tx):
            raise Refusal(f"Everything is stopped already, by {old.who} since {old.at:%Y-%m-%d %H:%M} UTC: {old.why}")
        stops.begin(tx, new)
        journal.note(tx, Actor(editor.name, means), SUBJECT, f"stopped: {new.why}", now)
    return new


def resume(db: Database, desk: Desk, actor: tuple[Editor, str], now: datetime) -> Stop:
    """Let everything go on, what is late one after the other; the stop that it was."""
    editor, means = actor
    oversight.check_resume(editor)
    with db.write() as tx:
        old = stops.in_force(tx)
        if old is None:
            raise Refusal("Nothing is stopped: there is nothing to lift.")
        stops.lift(tx, editor.name, now)
        journal.note(tx, Actor(editor.name, means), SUBJECT, "lifted", now)
        _spread(tx, desk, now)
    return old


def _spread(tx: Connection, desk: Desk, now: datetime) -> None:
    """No burst: each account's late posts begin now, or at its next slot, as far apart as its pace wants them."""
    numbers: Counter[tuple[str, datetime]] = Counter()
    for late in crossposts.due(tx, State.SCHEDULED, now):
        schedule = desk.schedule(late)
        first = next_moment(schedule, now) if schedule.slots else now
        if first is None:
            continue
        moment = first + numbers[late.account, first] * standing.gap(desk, late.account)
        numbers[late.account, first] += 1
        crossposts.replace(tx, late, replace(late, not_before=moment, note=NOTE))


def waiting(tx: Connection) -> int:
    """How many cross-posts would leave, change or be taken back by themselves, were it not for the stop."""
    counts = crossposts.count_by_state(tx)
    return sum(counts.get(state, 0) for state in WAITING)
