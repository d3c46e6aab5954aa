"""The schedule as a list: what is to leave, and what has left, by day, each hour in the zone of its schedule."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import takewhile
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.scheduling.departure import Departure
from relay.pipeline import foreseeing
from relay.pipeline.desk import Desk
from relay.storage import crossposts, planned
from relay.web import calendars, dates, moments
from relay.web.office import Office

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_BESIDE = timedelta(days=1)
"""The days of other zones begin up to a day before ours, or after."""
LINES = 60
"""On one page."""
FARTHEST = 100_000
PERIOD = timedelta(days=14)
"""What has left is shown so much at a time."""


@dataclass(frozen=True, slots=True)
class Line:
    """One departure: to come, or gone (then nothing is said of why)."""

    crosspost: Crosspost
    network: str
    departure: Departure
    is_gone: bool = False

    @property
    def hour(self) -> str:
        """On the clocks of its schedule."""
        return clock(self.departure)

    @property
    def place(self) -> str:
        """Whose clocks these are."""
        return moments.place(self.departure.zone)

    @property
    def words(self) -> str:
        """The first line of what is published."""
        return next((line for line in self.crosspost.draft.text.splitlines() if line.strip()), "")


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of one day; ``holiday`` is what it is called where it is one."""

    date: date
    name: str
    holiday: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """A page. ``blocked`` leave only if a person sees to it; ``beyond`` is where the next page starts."""

    days: tuple[Day, ...]
    total: int
    blocked: tuple[Line, ...] = ()
    after: int = 0
    beyond: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(slots=True)
class _Sorted:
    dated: list[tuple[datetime, int, Departure]] = field(default_factory=list)
    blocked: list[tuple[int, Departure]] = field(default_factory=list)


def coming(tx: Connection, office: Office, account: str, after: int, language: str) -> Agenda:
    """What is to leave from here on, the next first."""
    after = min(after, FARTHEST)
    seen = foreseeing.outlook(tx, office.desk, office.clock(), (account,) if account else None)
    found = _Sorted()
    for id in seen.leaving:
        _take(found, foreseeing.of_account(tx, seen, id), after + LINES + 1)
    chosen = sorted(found.dated, key=lambda one: one[:2])[after : after + LINES + 1]
    blocked = found.blocked[:LINES] if not after else []
    shown = lines(tx, office.desk, [*((id, one) for _, id, one in chosen[:LINES]), *blocked])
    dated, held = shown[: min(len(chosen), LINES)], shown[min(len(chosen), LINES) :]
    total = sum(len(own) for own in seen.leaving.values())
    beyond = after + LINES if len(chosen) > LINES else None
    return Agenda(days(office, dated, language), total, tuple(held), after, beyond)


def past(tx: Connection, office: Office, account: str, until: date | None, language: str) -> Agenda:
    """What has left in two weeks, the last first."""
    zone, last = ZoneInfo(office.zone), min(until or calendars.today(office), calendars.today(office))
    first = max(last, date(1971, 1, 1)) - PERIOD + timedelta(days=1)
    since, end = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    left = planned.left(tx, since, end, (account,) if account else None)
    gone = [(one.id, Departure(one.at, (), calendars.zone_of(office, one.account))) for one in reversed(left)]
    shown = [replace(one, is_gone=True) for one in lines(tx, office.desk, gone)]
    return Agenda(days(office, shown, language), len(shown), first=first, last=last)


def of_day(tx: Connection, office: Office, account: str, on: date, language: str) -> Agenda:
    """All of one day, what has left of it and what is to."""
    found = between(tx, office, account, on, on + timedelta(days=1))
    shown = [line for line in found if day_of(line.departure) == on]
    return Agenda(days(office, shown, language), len(shown), first=on, last=on)


def between(tx: Connection, office: Office, account: str, first: date, end: date) -> list[Line]:
    """What has left and what is to leave from the day ``first`` on and before ``end``, and a day beside each."""
    zone, accounts = ZoneInfo(office.zone), (account,) if account else None
    since, until = (datetime.combine(day, time(), zone) for day in (first - _BESIDE, end + _BESIDE))
    left = planned.left(tx, since, min(until, office.clock()), accounts)
    gone = [(one.id, Departure(one.at, (), calendars.zone_of(office, one.account))) for one in left]
    seen = foreseeing.outlook(tx, office.desk, office.clock(), accounts)
    coming = [
        (departure.moment, id, departure)
        for name in seen.leaving
        for id, departure in takewhile(partial(_is_before, until), foreseeing.of_account(tx, seen, name))
        if departure.moment and departure.moment >= since
    ]
    shown = [replace(one, is_gone=True) for one in lines(tx, office.desk, gone)]
    return shown + lines(
        tx, office.desk, [(id, departure) for _, id, departure in sorted(coming, key=lambda one: one[:2])]
    )


def _is_before(until: datetime, found: tuple[int, Departure]) -> bool:
    return found[1].moment is None or found[1].moment < until


def _take(found: _Sorted, departures: Iterator[tuple[int, Departure]], most: int) -> None:
    """As many that have a moment as the page can want; those of an account come in order."""
    for id, departure in departures:
        if departure.moment is None:
            found.blocked.append((id, departure))
            continue
        found.dated.append((departure.moment, id, departure))
        most -= 1
        if most <= 0:
            return


def lines(tx: Connection, desk: Desk, some: Sequence[tuple[int, Departure]]) -> list[Line]:
    """With their words, in the same order; those that have gone meanwhile are not there."""
    known = {one.id: one for one in crossposts.by_ids(tx, [id for id, _ in some])}
    return [
        Line(known[id], calendars.network(desk, known[id].account), departure) for id, departure in some if id in known
    ]


def days(office: Office, some: Iterable[Line], language: str) -> tuple[Day, ...]:
    """By day, on the clocks of each; in the order in which they come."""
    by_day: dict[date, list[Line]] = {}
    for line in some:
        by_day.setdefault(day_of(line.departure), []).append(line)
    known = calendars.schedules(office.desk, "")
    return tuple(
        Day(on, dates.whole_day(on, language), calendars.holiday(known, on, language), tuple(own))
        for on, own in by_day.items()
    )


def clock(departure: Departure) -> str:
    """``12:30``; which of both, where it comes twice."""
    if departure.moment is None:
        return ""
    local = departure.moment.astimezone(ZoneInfo(departure.zone))
    return f"{local:%H:%M}"


def day_of(departure: Departure) -> date:
    """On the clocks of its schedule."""
    return (departure.moment or NEVER).astimezone(ZoneInfo(departure.zone)).date()
