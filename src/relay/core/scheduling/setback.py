"""When a cross-post leaves after the clock was set back: what waits waits as long, what has its hour keeps it."""

from dataclasses import replace
from datetime import timedelta

from relay.core.clock import SetBack
from relay.core.crosspost import Crosspost, State
from relay.core.route import Schedule
from relay.core.scheduling.planning import due_at

A_DAY = timedelta(days=1)
"""Set back by less, a slot that was to come comes all the same, a little later."""
_PLANNED = frozenset({State.SCHEDULED, State.HELD})


def set_right(crosspost: Crosspost, schedule: Schedule, change: SetBack) -> Crosspost:
    """The same on the clock of now: windows, waits and leases end as soon as they would have.

    A slot, or the time that an editor has chosen, is of the calendar. It is looked for anew after a day or more.
    """
    moved = replace(crosspost, lease_until=change.moved(crosspost.lease_until))
    if crosspost.not_before is None or crosspost.not_before <= change.now:
        return moved
    has_hour = bool(schedule.slots or crosspost.wanted_at) and crosspost.state in _PLANNED and not crosspost.parts
    if not has_hour:
        return replace(moved, not_before=change.moved(crosspost.not_before))
    if change.by < A_DAY:
        return moved
    found = due_at(schedule, crosspost.wanted_at, change.now)
    return replace(moved, not_before=found or change.moved(crosspost.not_before))
