"""When a cross-post may leave: slots, quiet hours, public holidays, all in the schedule's own time zone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from relay.core.route import Schedule
from relay.core.scheduling.quiet import is_quiet

HORIZON = timedelta(days=60)
"""A schedule without a moment within this has none at all."""
_QUARTER = 15


def next_moment(schedule: Schedule, now: datetime) -> datetime | None:
    """The first moment at or after ``now`` that the schedule allows, ``None`` when it never does.

    A slot in the hour that spring skips falls on the hour after; one in the hour that autumn repeats comes once.
    """
    asked = now.astimezone(UTC)
    moment = next(slots(schedule, asked), None) if schedule.slots else _after_quiet(schedule, asked)
    return moment.astimezone(now.tzinfo) if moment else None


def next_allowed(schedule: Schedule, now: datetime) -> datetime | None:
    """The same, at any hour that is not quiet, slot or not."""
    return next_moment(replace(schedule, slots=()) if schedule.slots else schedule, now)


def slots(schedule: Schedule, now: datetime) -> Iterator[datetime]:
    """The slots at or after ``now`` that are not quiet, in UTC, one after the other for 60 days."""
    return (moment for moment in every_slot(schedule, now) if not is_quiet(schedule, moment))


def every_slot(schedule: Schedule, now: datetime) -> Iterator[datetime]:
    """The same with those that are quiet, and never come."""
    zone = ZoneInfo(schedule.zone)
    day = now.astimezone(zone).date()
    for offset in range(HORIZON.days):
        yield from (moment for moment in _of_day(schedule, day + timedelta(days=offset), zone) if moment >= now)


def some_slots(schedule: Schedule, now: datetime, count: int) -> tuple[datetime, ...]:
    """The next ``count`` of them."""
    return tuple(islice(slots(schedule, now.astimezone(UTC)), count))


def _of_day(schedule: Schedule, day: date, zone: ZoneInfo) -> list[datetime]:
    """Two that summer time puts on one moment are one slot."""
    hours = (slot.at for slot in schedule.slots if day.weekday() in slot.days)
    return sorted({datetime.combine(day, hour, zone).astimezone(UTC) for hour in hours})


def _after_quiet(schedule: Schedule, now: datetime) -> datetime | None:
    moment, marks = now, _marks(schedule)
    while is_quiet(schedule, moment):
        moment = _next_mark(moment, marks)
        if moment - now > HORIZON:
            return None
    return moment


def _marks(schedule: Schedule) -> tuple[int, ...]:
    """Minutes within a quarter of an hour at which anything changes: clocks everywhere are moved at whole quarters."""
    edges = (edge for quiet in schedule.quiet for edge in (quiet.start, quiet.end) if edge is not None)
    return tuple(sorted({0, *(edge.minute % _QUARTER for edge in edges)}))


def _next_mark(moment: datetime, marks: tuple[int, ...]) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    into = whole.minute % _QUARTER
    step = next((mark - into for mark in marks if mark > into), _QUARTER - into)
    return whole + timedelta(minutes=step)
