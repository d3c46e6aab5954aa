"""An editor chooses when a cross-post leaves: the time is part of what is approved."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from relay.core.crosspost import Crosspost
from relay.core.people import Editor
from relay.core.review.moving import PROPOSING, Refusal, check, rewritten
from relay.core.review.transitions import Event
from relay.core.review.workflow import shut
from relay.core.route import Schedule
from relay.core.scheduling.calendar import every_slot, next_moment
from relay.core.scheduling.departure import Reason, Why
from relay.core.scheduling.pacing import LATE, hindrance, is_late
from relay.core.scheduling.quiet import is_quiet

_BACK = timedelta(days=5)
"""How far back it is looked for what was in the way of a slot."""


def plan(crosspost: Crosspost, editor: Editor, revision: int, wanted: datetime | None, now: datetime) -> Crosspost:
    """It is to leave at ``wanted``, or at its next slot where that is ``None``, on top of ``revision``.

    That is a change as one of its words is: every yes given so far is void, and whoever chose gives none.
    """
    if crosspost.state in PROPOSING:
        raise Refusal("It is public already: there is no time left to choose.")
    check(crosspost, Event.EDIT, editor)
    if revision != crosspost.revision:
        raise Refusal(f"Somebody changed the text meanwhile (revision {crosspost.revision}): read it again.")
    if crosspost.parts:
        raise Refusal("A part of it is public already: the rest follows as soon as it can.")
    if wanted == crosspost.wanted_at:
        raise Refusal("That is when it leaves already: nothing was changed.")
    planned = rewritten(crosspost, Event.EDIT, crosspost.draft, now)
    return replace(planned, wanted_at=wanted, wanted_by=editor.name)


def due_at(schedule: Schedule, wanted: datetime | None, now: datetime) -> datetime | None:
    """When it is due, if nothing holds it from ``now`` on: when it shall leave, else at the next slot.

    ``None`` where its schedule never lets it go. What has been due for a little while is due at once.
    """
    if wanted is not None and not is_late(wanted, now):
        return max(wanted, now)
    return next_moment(schedule, now)


def after_window(schedule: Schedule, wanted: datetime | None, ended: datetime, now: datetime) -> datetime | None:
    """When that is due whose recall window ``ended``: what a standstill has kept is late, as all else is then."""
    return due_at(schedule, wanted, ended if is_late(ended, now) else max(ended, now))


def resumed(crosspost: Crosspost, schedule: Schedule, now: datetime) -> Crosspost:
    """What was on hold leaves no sooner than if it had not been: its time is that of its yes, not only its window.

    The rest of a thread follows at once.
    """
    if crosspost.parts:
        return crosspost
    due = due_at(schedule, crosspost.wanted_at, now)
    return replace(crosspost, not_before=max(due, crosspost.not_before or due)) if due else shut(crosspost, now)


def reasons(schedule: Schedule, wanted: datetime | None, since: datetime, due: datetime) -> tuple[Reason, ...]:
    """Why it is due then, and not before, where nothing else was in its way ``since``."""
    if wanted is not None and abs(due - wanted) <= LATE:
        return (Reason(Why.CHOSEN),)
    first = Reason(Why.LATE if wanted else Why.SLOT if schedule.slots else Why.AT_ONCE)
    passed = _passed_over(schedule, since, due)
    return (first, passed) if passed else (first,)


def _passed_over(schedule: Schedule, since: datetime, due: datetime) -> Reason | None:
    """The quiet hours, or the holiday, for whose sake it is not due before."""
    if not schedule.slots:
        before = due - timedelta(seconds=1)
        return hindrance(schedule, before, due) if since < due and is_quiet(schedule, before) else None
    slots = takewhile(lambda slot: slot < due, every_slot(schedule, max(since, due - _BACK)))
    quiet = [slot for slot in slots if is_quiet(schedule, slot)]
    return hindrance(schedule, quiet[-1], None) if quiet else None
