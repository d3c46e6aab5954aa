"""When a cross-post may leave: slots, quiet hours, public holidays, all in the schedule's own time zone."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from relay.core.route import Quiet, Schedule

HORIZON = timedelta(days=60)
"""A schedule without a moment within this has none at all."""


def next_moment(schedule: Schedule, now: datetime) -> datetime | None:
    """The first moment at or after ``now`` that the schedule allows, ``None`` when it never does.

    A slot in the hour that spring skips falls on the hour after; one in the hour that autumn repeats comes once.
    """
    if not schedule.slots:
        return _after_quiet(schedule, now)
    zone = ZoneInfo(schedule.zone)
    day = now.astimezone(zone).date()
    for offset in range(HORIZON.days):
        for moment in _slots(schedule, day + timedelta(days=offset), zone):
            if moment >= now and not _is_quiet(schedule, moment):
                return moment.astimezone(now.tzinfo)
    return None


def _slots(schedule: Schedule, day: date, zone: ZoneInfo) -> list[datetime]:
    hours = sorted(slot.at for slot in schedule.slots if day.weekday() in slot.days)
    return [datetime.combine(day, hour, zone) for hour in hours]


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
    if quiet.days and local.weekday() not in quiet.days:
        return False
    return quiet.start is None or quiet.end is None or _within(local.time(), quiet.start, quiet.end)


def _within(moment: time, start: time, end: time) -> bool:
    return start <= moment < end if start <= end else moment >= start or moment < end


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country.upper(), years=year))
