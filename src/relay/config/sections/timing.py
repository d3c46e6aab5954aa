"""``[schedules.…]``: when cross-posts may leave."""

import re

from relay.config.table import Fault, Table
from relay.config.values import choice, zone
from relay.core.route import Quiet, Schedule, Slot
from relay.core.slot import days, hour
from relay.core.slot import slot as written_slot

_QUIET = re.compile(r"(?:(?P<days>[a-z,-]+)(?: +|$))?(?:(?P<start>[\d:]+)-(?P<end>[\d:]+))?")


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
    return written_slot(value) or Fault("R050", {"value": value})


def slot_text(value: str) -> str | Fault:
    """The same, as it is written."""
    return value if written_slot(value) else Fault("R050", {"value": value})


def _quiet(value: str) -> Quiet | Fault:
    if value.startswith("holidays:"):
        return _holidays(value.removeprefix("holidays:"))
    match = _QUIET.fullmatch(value) if value else None
    named = days(match["days"]) if match else None
    if match is None or named is None:
        return Fault("R051", {"value": value})
    if match["start"] is None:
        return Quiet(named)
    start, end = hour(match["start"]), hour(match["end"].replace("24:00", "00:00"))
    return Fault("R051", {"value": value}) if start is None or end is None or start == end else Quiet(named, start, end)


def _holidays(written: str) -> Quiet | Fault:
    """``fr``, or ``fr-57`` where a part of the country has days of its own: its code, or its name."""
    import holidays  # noqa: PLC0415  # the calendars of all countries, where most schedules ask for none

    country, dash, part = written.partition("-")
    known = country.isalpha() and country.upper() in holidays.list_supported_countries()
    if not known:
        return Fault("R054", {"value": written})
    if not dash:
        return Quiet(holidays_of=country.lower())
    calendar = holidays.country_holidays(country.upper())
    names = {code: (code, *calendar.get_subdivision_aliases().get(code, ())) for code in calendar.subdivisions}
    found = next((code for code, own in names.items() if part.casefold() in map(str.casefold, own)), None)
    return Quiet(holidays_of=f"{country}-{found}".lower()) if found else Fault("R054", {"value": written})
