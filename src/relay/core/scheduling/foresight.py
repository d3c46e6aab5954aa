"""What leaves when: the deliveries of an account as they will be, if nobody does anything.

It asks the rules that deliveries ask, at the moments at which these will ask them. What is due at one moment, under
one schedule, for one reason, has one fate until its turn comes: it is moved together, so that long queues are
foreseen fast.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush, merge

from relay.core.route import Schedule
from relay.core.scheduling.calendar import next_allowed, next_moment
from relay.core.scheduling.departure import Delay, Departure, Reason, Why
from relay.core.scheduling.pacing import Bounds, by_network, delay, is_late, spread


@dataclass(frozen=True, slots=True)
class Waiting:
    """A cross-post on its way: due at ``planned``, for ``reasons``; ``None`` where its schedule has no moment for it.

    ``posts``: as how many posts it leaves. ``is_begun``: a part of it is public, so that the rest follows at any hour.
    """

    id: int
    planned: datetime | None
    schedule: Schedule
    reasons: tuple[Reason, ...]
    posts: int = 1
    is_begun: bool = False


_Key = tuple[datetime, int, bool, tuple[Reason, ...]]


@dataclass(slots=True)
class _Line:
    """What waits, in bundles of one fate; ``turns`` has the first of each, the earliest before the others."""

    posts: dict[int, int]
    schedules: list[Schedule]
    bundles: dict[_Key, list[int]] = field(default_factory=dict)
    turns: list[tuple[datetime, int, int, _Key]] = field(default_factory=list)
    count: int = 0

    def put(self, key: _Key, ids: list[int]) -> None:
        """``ids`` are in falling order: the first to leave is the last of them."""
        known = self.bundles.get(key)
        self.bundles[key] = list(merge(known, ids, reverse=True)) if known else ids
        self.count += 1  # never two equal entries: keys have no order
        heappush(self.turns, (key[0], self.bundles[key][-1], self.count, key))

    def next(self) -> _Key | None:
        """The bundle whose first is due first."""
        while self.turns:
            _, id, _, key = heappop(self.turns)
            if key in self.bundles and self.bundles[key][-1] == id:
                return key
        return None


def foresee(
    bounds: Bounds, waiting: Sequence[Waiting], sent: Sequence[datetime], now: datetime
) -> Iterator[tuple[int, Departure]]:
    """The departures of one account in their order, id by id. ``sent`` is when others left, the newest last."""
    yield from ((one.id, _never(one.schedule)) for one in waiting if one.planned is None)
    line, gone, clock = _lined_up(bounds, waiting, now), list(sent), now
    while (key := line.next()) is not None:
        planned, number, is_begun, reasons = key
        schedule, clock = line.schedules[number], max(clock, planned)
        later = by_network(bounds, clock) if is_begun else delay(bounds, schedule, gone, planned, clock)
        if later is None:
            id = _taken(line, key)
            gone += [clock] * line.posts[id]
            yield id, Departure(clock, reasons, schedule.zone)
        elif later.until is None:
            yield from ((id, _never(schedule)) for id in line.bundles.pop(key))
        else:
            line.put((later.until, number, is_begun, _explained(reasons, later)), line.bundles.pop(key))


def _lined_up(bounds: Bounds, waiting: Sequence[Waiting], now: datetime) -> _Line:
    due = [(one, one.planned) for one in waiting if one.planned is not None]
    anew = spread([(at, one.id) for one, at in due if not one.schedule.slots and not one.is_begun], bounds, now)
    schedules = list({one.schedule: None for one, _ in due})
    numbers = {schedule: number for number, schedule in enumerate(schedules)}
    line = _Line({one.id: one.posts for one, _ in due}, schedules)
    bundles: dict[_Key, list[int]] = {}
    for one, at in due:
        reasons = (Reason(Why.LATE),) if one.id in anew else one.reasons
        key: _Key = (anew.get(one.id, at), numbers[one.schedule], one.is_begun, reasons)
        bundles.setdefault(key, []).append(one.id)
    for key, ids in bundles.items():
        line.put(key, sorted(ids, reverse=True))
    return line


def _taken(line: _Line, key: _Key) -> int:
    """The first of a bundle; the next one comes to its turn."""
    ids = line.bundles.pop(key)
    first = ids.pop()
    if ids:
        line.put(key, ids)
    return first


def _never(schedule: Schedule) -> Departure:
    return Departure(None, (Reason(Why.NEVER),), schedule.zone)


def _explained(reasons: tuple[Reason, ...], later: Delay) -> tuple[Reason, ...]:
    """What it was planned for, and what has moved it last; a slot that was missed begins anew."""
    return (later.reason,) if later.reason.why is Why.LATE else (reasons[0], later.reason)


def together(waiting: Sequence[Waiting], now: datetime) -> Iterator[tuple[int, Departure]]:
    """The same of an account whose posts leave together, at the hours of its digest."""
    found = [(one, _hour(one, now)) for one in waiting]
    for one, moment in sorted(found, key=lambda pair: (pair[1] is None, pair[1] or now, pair[0].id)):
        reason = Reason(Why.DIGEST) if moment else Reason(Why.NEVER)
        yield one.id, Departure(moment, (reason,), one.schedule.zone)


def _hour(one: Waiting, now: datetime) -> datetime | None:
    if one.planned is None:
        return None
    if one.is_begun:
        return next_allowed(one.schedule, max(one.planned, now))
    is_hour = next_moment(one.schedule, one.planned) == one.planned and not is_late(one.planned, now)
    return max(one.planned, now) if is_hour else next_moment(one.schedule, max(one.planned, now))
