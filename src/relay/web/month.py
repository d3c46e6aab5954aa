"""The schedule as a month: every day with what leaves on it, and the slots that nothing leaves at yet."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from relay.core.route import Schedule
from relay.core.scheduling.calendar import slots
from relay.core.scheduling.pacing import APART
from relay.core.scheduling.quiet import is_day_off
from relay.web import agenda, calendars, dates, moments
from relay.web.agenda import Line
from relay.web.office import Office

SHOWN = 8
"""On one day; how many more there are is said."""
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Free:
    """A slot at which nothing leaves yet from these accounts."""

    hour: str
    place: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One day. ``is_off``: nothing may leave on it; ``holiday`` is what it is called where it is one."""

    date: date
    name: str
    is_within: bool
    is_today: bool
    is_off: bool
    holiday: str
    lines: tuple[Line, ...]
    free: tuple[Free, ...]

    @property
    def is_bare(self) -> bool:
        """Whether nothing is to be said of it, where there is room for days with something alone."""
        return not self.is_within or not (self.lines or self.free or self.holiday or self.is_today)

    @property
    def shown(self) -> tuple[Line, ...]:
        """As many as there is room for."""
        return self.lines[:SHOWN]

    @property
    def places(self) -> tuple[tuple[str, Line | None, Free | None], ...]:
        """What leaves, and what is free, by the hour."""
        taken = [(line.hour, line, None) for line in self.shown]
        return tuple(sorted([*taken, *((free.hour, None, free) for free in self.free)], key=lambda place: place[0]))

    @property
    def beyond(self) -> int:
        """How many are not shown."""
        return len(self.lines) - len(self.shown)


@dataclass(frozen=True, slots=True)
class Month:
    """Whole weeks, from Monday on; ``previous`` and ``next`` are ``2026-02``, empty where there is none."""

    name: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Cell, ...], ...]
    previous: str
    next: str
    zone: str


def month(tx: Connection, office: Office, account: str, asked: str, language: str) -> Month:
    """The month that is asked for as ``2026-03``, else this one."""
    first = first_of(asked) or calendars.today(office).replace(day=1)
    after = (first + 31 * _DAY).replace(day=1)
    start = first - first.weekday() * _DAY
    count = -(-(after - start) // _WEEK)
    found = agenda.between(tx, office, account, start, start + count * _WEEK)
    free = _free(office, account, found, start, start + count * _WEEK)
    ground = _Ground(calendars.schedules(office.desk, account), first, calendars.today(office), language)
    cells = [_cell(ground, start + number * _DAY, found, free) for number in range(7 * count)]
    return Month(
        name=dates.month(first, language),
        weekdays=dates.weekdays(language),
        weeks=tuple(tuple(cells[week * 7 : week * 7 + 7]) for week in range(count)),
        previous=f"{first - _DAY:%Y-%m}",
        next=f"{after:%Y-%m}",
        zone=office.zone,
    )


def first_of(asked: str) -> date | None:
    """The first day of ``2026-03``; none for what is no month of these centuries."""
    try:
        found = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None
    return found if 1971 <= found.year <= 2999 else None


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all days of a month have in common."""

    calendars: tuple[Schedule, ...]
    first: date
    today: date
    language: str


def _cell(ground: _Ground, on: date, found: Sequence[Line], free: Sequence[tuple[date, Free]]) -> Cell:
    return Cell(
        date=on,
        name=dates.whole_day(on, ground.language),
        is_within=on.month == ground.first.month,
        is_today=on == ground.today,
        is_off=bool(ground.calendars) and all(_is_off(one, on) for one in ground.calendars),
        holiday=calendars.holiday(ground.calendars, on, ground.language),
        lines=tuple(line for line in found if agenda.day_of(line.departure) == on),
        free=tuple(one for day, one in free if day == on),
    )


def _is_off(schedule: Schedule, on: date) -> bool:
    return is_day_off(schedule, on) or bool(calendars.holiday((schedule,), on, "en"))


def _free(office: Office, account: str, found: Sequence[Line], start: date, end: date) -> list[tuple[date, Free]]:
    """The slots to come at which nothing leaves, with the accounts for which that is so."""
    by_slot: dict[tuple[datetime, str], list[str]] = {}
    for name in (account,) if account else office.desk.accounts:
        leaving = sorted(
            one.departure.moment for one in found if one.crosspost.account == name and one.departure.moment
        )
        for schedule in calendars.schedules(office.desk, name):
            for slot in _slots(schedule, office.clock(), start, end):
                at = bisect_left(leaving, slot)
                if at == len(leaving) or leaving[at] >= slot + APART:
                    by_slot.setdefault((slot, schedule.zone), []).append(name)
    return [(_local(slot, zone).date(), _told(slot, zone, names)) for (slot, zone), names in sorted(by_slot.items())]


def _slots(schedule: Schedule, now: datetime, start: date, end: date) -> list[datetime]:
    zone = ZoneInfo(schedule.zone)
    first, last = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (start, end))
    return list(takewhile(lambda slot: slot < last, slots(schedule, max(now.astimezone(UTC), first))))


def _told(slot: datetime, zone: str, names: Sequence[str]) -> Free:
    return Free(f"{_local(slot, zone):%H:%M}", moments.place(zone), tuple(dict.fromkeys(names)))


def _local(slot: datetime, zone: str) -> datetime:
    return slot.astimezone(ZoneInfo(zone))
