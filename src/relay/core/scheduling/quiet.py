"""When nothing may leave: hours, days, public holidays; which rule that is, and what the day is called."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from relay.core.route import Quiet, Schedule

EVERY_DAY = frozenset(range(7))
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def covering(schedule: Schedule, moment: datetime) -> Quiet | None:
    """The first rule of the schedule that keeps this moment quiet: holidays are named before hours."""
    local = moment.astimezone(ZoneInfo(schedule.zone))
    found = [quiet for quiet in schedule.quiet if _covers(quiet, local)]
    return min(found, key=lambda quiet: quiet.holidays_of is None, default=None)


def is_quiet(schedule: Schedule, moment: datetime) -> bool:
    """Whether nothing may leave then."""
    if not schedule.quiet:
        return False
    local = moment.astimezone(ZoneInfo(schedule.zone))
    return any(_covers(quiet, local) for quiet in schedule.quiet)


def written(quiet: Quiet) -> str:
    """The rule as the configuration has it: ``mon-fri 20:00-08:00``, ``sat-sun``, ``holidays:fr``."""
    if quiet.holidays_of:
        return f"holidays:{quiet.holidays_of}"
    hours = f"{quiet.start:%H:%M}-{quiet.end:%H:%M}" if quiet.start is not None and quiet.end is not None else ""
    return " ".join(filter(None, (_span(quiet.days), hours)))


def holiday(schedule: Schedule, day: date, language: str = "en") -> str:
    """What the day is called that the schedule's holidays keep quiet, in ``fr`` or ``en``; empty where it is none."""
    return next(filter(None, (name_of(calendar, day, language) for calendar in _calendars(schedule))), "")


def name_of(calendar: str, day: date, language: str) -> str:
    """What a calendar such as ``fr`` or ``fr-57`` calls one of its holidays."""
    return _holidays(calendar, day.year, language).get(day, "")


def is_day_off(schedule: Schedule, day: date) -> bool:
    """Whether all of a day is quiet, but for holidays: a weekend."""
    whole = (quiet for quiet in schedule.quiet if quiet.start is None and not quiet.holidays_of)
    return any(day.weekday() in (quiet.days or EVERY_DAY) for quiet in whole)


def _calendars(schedule: Schedule) -> list[str]:
    return [quiet.holidays_of for quiet in schedule.quiet if quiet.holidays_of]


def _covers(quiet: Quiet, local: datetime) -> bool:
    if quiet.holidays_of:
        return local.date() in _holidays(quiet.holidays_of, local.year, "")
    days = quiet.days or EVERY_DAY
    if quiet.start is None or quiet.end is None:
        return local.weekday() in days
    if quiet.start <= quiet.end:
        return local.weekday() in days and quiet.start <= local.time() < quiet.end
    yesterday = (local.weekday() - 1) % 7
    return (local.weekday() in days and local.time() >= quiet.start) or (yesterday in days and local.time() < quiet.end)


def _span(days: frozenset[int]) -> str:
    """Days that follow one another as ``mon-fri``, else one by one."""
    numbers = sorted(days)
    if len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{_DAYS[numbers[0]]}-{_DAYS[numbers[-1]]}"
    return ",".join(_DAYS[number] for number in numbers)


@lru_cache(maxsize=256)
def _holidays(of: str, year: int, language: str) -> Mapping[date, str]:
    """The public holidays of a year, named in ``language`` where the calendar has it; ``of`` is ``fr`` or ``fr-57``."""
    import holidays  # noqa: PLC0415  # the calendars of all countries, where most schedules ask for none

    country, _, part = of.upper().partition("-")
    known = holidays.country_holidays(country)
    parts = {name.upper(): name for name in known.subdivisions}
    told = {"en": "en_US"}.get(language, language)
    spoken = told if told in known.supported_languages else known.default_language
    return dict(holidays.country_holidays(country, subdiv=parts.get(part), years=year, language=spoken))
