"""The time that an editor chooses: which moment it is, and whether anything may leave then."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from relay.core.review.moving import Refusal
from relay.core.route import Schedule
from relay.core.scheduling.calendar import next_allowed
from relay.core.scheduling.quiet import covering, name_of, written

FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Chosen:
    """``note`` says what summer time made of it, empty where nothing."""

    moment: datetime
    note: str = ""


def chosen(text: str, zone: str, *, second: bool = False) -> Chosen:
    """``2026-03-29 08:45`` on the clocks of ``zone``; what says its own distance from UTC (ISO 8601) is taken as it is.

    Where clocks are put forward, a time that does not exist is the same hour after; where they are put back, one that
    comes twice is the first of both, unless it is to be the ``second``.
    """
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(f"“{text.strip()[:40]}” is no time: write it as 2026-03-29 08:45.") from None
    if read.tzinfo is not None:
        return Chosen(read.astimezone(UTC))
    local = read.replace(second=0, microsecond=0, tzinfo=ZoneInfo(zone))
    first, last = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == last:
        return Chosen(first)
    if first > last:
        there = first.astimezone(ZoneInfo(zone))
        return Chosen(first, f"{local:%H:%M} does not exist on {local:%Y-%m-%d} in {zone}: {there:%H:%M} is taken.")
    moment, which = (last, "second") if second else (first, "first")
    return Chosen(moment, f"{local:%H:%M} comes twice on {local:%Y-%m-%d} in {zone}: the {which} of both is taken.")


def check(schedule: Schedule, moment: datetime, now: datetime) -> None:
    """Refuse what is past, too far off, or quiet, with the next moment that is not."""
    if moment <= now:
        raise Refusal(f"{_told(moment, schedule)} is past: choose a moment that is to come.")
    if moment - now > FARTHEST:
        raise Refusal(f"{_told(moment, schedule)} is more than a year away: choose a moment before.")
    quiet = covering(schedule, moment)
    if quiet is None:
        return
    later = next_allowed(schedule, moment)
    instead = f"the next moment is {_told(later, schedule)}." if later else "its schedule allows no moment at all."
    if quiet.holidays_of:
        day = moment.astimezone(ZoneInfo(schedule.zone)).date()
        raise Refusal(f"{day} is a public holiday ({name_of(quiet.holidays_of, day, '')}): {instead}")
    raise Refusal(f"{_told(moment, schedule)} is in quiet hours ({written(quiet)}): {instead}")


def _told(moment: datetime, schedule: Schedule) -> str:
    return f"{moment.astimezone(ZoneInfo(schedule.zone)):%Y-%m-%d %H:%M} ({schedule.zone})"
