"""An editor chooses when a cross-post leaves, on the page, on the command line, or by a program."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.core.route import Schedule
from relay.core.scheduling import planning
from relay.core.scheduling.calendar import next_allowed
from relay.core.scheduling.choosing import Chosen, check, chosen
from relay.core.scheduling.pacing import APART
from relay.pipeline.desk import Desk
from relay.storage import crossposts, journal, planned
from relay.storage.database import Database
from relay.storage.journal import Actor


@dataclass(frozen=True, slots=True)
class When:
    """What an editor writes, on top of ``revision``: a time on the clocks of the account's schedule, or none.

    None is the next slot. ``second``: of a time that comes twice, the later one.
    """

    revision: int
    at: str = ""
    second: bool = False


def plan(db: Database, desk: Desk, id: int, actor: tuple[Editor, str], when: When, now: datetime) -> Crosspost:
    """The time is part of what is approved: every yes given before is void."""
    editor, means = actor
    with db.write() as tx:
        old = crossposts.get(tx, id)
        if old is None:
            raise Refusal(f"There is no cross-post {id}; `relay queue list` shows those there are.")
        schedule = desk.schedule(old)
        made = _chosen(tx, desk, old, schedule, when, now) if when.at.strip() else None
        new = planning.plan(old, editor, when.revision, made.moment if made else None, now)
        new = replace(new, note=made.note) if made else new
        if not crossposts.replace(tx, old, new):
            raise Refusal("Somebody else was quicker: look at it again.")
        journal.write(tx, Actor(editor.name, means), old, new, _done(made, schedule), now)
        return new


def _chosen(tx: Connection, desk: Desk, old: Crosspost, schedule: Schedule, when: When, now: datetime) -> Chosen:
    if old.account in desk.accounts and desk.abilities(old.account).digest:
        raise Refusal(f"{old.account} sends a digest, at its own hour: no other can be chosen.")
    made = chosen(when.at, schedule.zone, second=when.second)
    check(schedule, made.moment, now)
    other = planned.chosen_at(tx, old.account, made.moment, old.id)
    if other is not None:
        free = next_allowed(schedule, made.moment + APART) or made.moment + timedelta(days=1)
        raise Refusal(f"At that moment cross-post {other} leaves from {old.account}: choose {_told(free, schedule)}.")
    return made


def _done(made: Chosen | None, schedule: Schedule) -> str:
    return f"time chosen: {_told(made.moment, schedule)}" if made else "time: the next slot"


def _told(moment: datetime, schedule: Schedule) -> str:
    return f"{moment.astimezone(ZoneInfo(schedule.zone)):%Y-%m-%d %H:%M} ({schedule.zone})"
