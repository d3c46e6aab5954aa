"""``[schedules.…]``: when cross-posts may leave."""

import re
from datetime import time

from relay.config.table import Fault, Table
from relay.config.values import choice, zone
from relay.core.route import Quiet, Schedule, Slot

_DAYS = {day: number for number, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_SLOT = re.compile(r"(?:(?P<days>\S+) +)?(?P<at>\S+)")
_QUIET = re.compile(r"(?:(?P<days>[a-z,-]+)(?: +|$))?(?:(?P<start>[\d:]+)-(?P<end>[\d:]+))?")
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def schedule(name: str, table: Table, default_zone: str) -> Schedule:
    """One schedule, in its own time zone or the file's."""
    table.only("slots", "quiet", "late", "timezone")
    table.one("late", choice("next-slot"), "next-slot")
    return Schedule(
        id=name,
        zone=table.one("timezone", zone, default_zone),
        slots=table.many("slots", slot),
        quiet=table.many("quiet", _quiet),
    )


def slot(value: str) -> Slot | Fault:
    """``mon-fri 08:45``, or ``08:45`` for every day."""
    match = _SLOT.fullmatch(value)
    days, at = (_days(match["days"]), _hour(match["at"])) if match else (None, None)
    return Fault("R050", {"value": value}) if days is None or at is None else Slot(days or frozenset(range(7)), at)


def _quiet(value: str) -> Quiet | Fault:
    if value.startswith("holidays:"):
        return _holidays(value.removeprefix("holidays:"))
    match = _QUIET.fullmatch(value) if value else None
    days = _days(match["days"]) if match else None
    if match is None or days is None:
        return Fault("R051", {"value": value})
    if match["start"] is None:
        return Quiet(days)
    start, end = _hour(match["start"]), _hour(match["end"].replace("24:00", "00:00"))
    return Fault("R051", {"value": value}) if start is None or end is None or start == end else Quiet(days, start, end)


def _holidays(country: str) -> Quiet | Fault:
    import holidays  # noqa: PLC0415  # the calendars of all countries, where most schedules ask for none

    known = country.isalpha() and country.upper() in holidays.list_supported_countries()
    return Quiet(holidays_of=country.lower()) if known else Fault("R054", {"value": country})


def _days(value: str | None) -> frozenset[int] | None:
    """The days of ``mon-fri,sun`` (a span may go over the week's end); empty for none named, ``None`` for nonsense."""
    if value is None:
        return frozenset()
    days: set[int] = set()
    for part in value.split(","):
        first, dash, last = part.partition("-")
        last = last if dash else first
        if first not in _DAYS or last not in _DAYS:
            return None
        days |= {(_DAYS[first] + step) % 7 for step in range((_DAYS[last] - _DAYS[first]) % 7 + 1)}
    return frozenset(days)


def _hour(value: str) -> time | None:
    match = _HOUR.fullmatch(value)
    return time(int(match[1]), int(match[2])) if match else None
