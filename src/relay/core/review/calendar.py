"""When a cross-post may leave: slots, quiet hours, public holidays, all in the schedule's own time zone."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from relay.core.route import Quiet, Schedule

EVERY_DAY = frozenset(range(7))
HORIZON = timedelta(days=60)
"""A schedule without a moment within this has none at all."""


def next_moment(schedule: Schedule, now: datetime) -> datetime | None:
    """The first moment at or after ``now`` that the schedule allows, ``None`` when it never does.

    A slot in the hour that spring skips falls on the hour after; one in the hour that autumn repeats comes once.
    """
    asked = now.astimezone(UTC)
    moment = _in_slot(schedule, asked) if schedule.slots else _after_quiet(schedule, asked)
    return moment.astimezone(now.tzinfo) if moment else None


def _in_slot(schedule: Schedule, now: datetime) -> datetime | None:
    zone = ZoneInfo(schedule.zone)
    day = now.astimezone(zone).date()
    for offset in range(HORIZON.days):
        for moment in _slots(schedule, day + timedelta(days=offset), zone):
            if moment >= now and not _is_quiet(schedule, moment):
                return moment
    return None


def _slots(schedule: Schedule, day: date, zone: ZoneInfo) -> list[datetime]:
    hours = (slot.at for slot in schedule.slots if day.weekday() in slot.days)
    return sorted(datetime.combine(day, hour, zone).astimezone(UTC) for hour in hours)


def _after_quiet(schedule: Schedule, now: datetime) -> datetime | None:
    moment = now
    while _is_quiet(schedule, moment):
        moment = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
        if moment - now > HORIZON:
            return None
    return moment


def _is_quiet(schedule: Schedule, moment: datetime) -> bool:
    local = moment.astimezone(ZoneInfo(schedule.zone))
    return any(_covers(quiet, local) for quiet in schedule.quiet)


def _covers(quiet: Quiet, local: datetime) -> bool:
    if quiet.holidays_of:
        return local.date() in _holidays(quiet.holidays_of, local.year)
    days = quiet.days or EVERY_DAY
    if quiet.start is None or quiet.end is None:
        return local.weekday() in days
    if quiet.start <= quiet.end:
        return local.weekday() in days and quiet.start <= local.time() < quiet.end
    yesterday = (local.weekday() - 1) % 7
    return (local.weekday() in days and local.time() >= quiet.start) or (yesterday in days and local.time() < quiet.end)


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415  # the calendars of all countries, where most schedules ask for none

    return frozenset(holidays.country_holidays(country.upper(), years=year))
