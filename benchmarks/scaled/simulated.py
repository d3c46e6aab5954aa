"""Polls of many sources by many workers, event by event: where they wait, by what each step was measured to cost."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from random import Random


@dataclass(frozen=True, slots=True)
class Town:
    """What there is: ``sources`` asked every ``interval`` seconds by ``workers``, each ``at_once`` hosts.

    Seconds a poll: ``poll`` of a worker's CPU (one core each), ``database`` of one of its ``cores``, ``answer`` of the
    far end, ``whole`` for which one with news (a ``news`` part of all) shuts out all others. ``hand_out``: jobs
    a second that the leader hands out at most; 0: as many as are due.
    """

    sources: int
    interval: float
    workers: int = 100
    at_once: int = 8
    cores: int = 8
    poll: float = 0.01
    database: float = 0.002
    whole: float = 0.02
    news: float = 0.02
    answer: float = 0.3
    hand_out: float = 0.0
    narrow: bool = True
    """Whether polls without news write beside each other."""


@dataclass(slots=True)
class Line:
    """Servers that each do one thing after the other; who comes first is served first."""

    free: list[float]
    busy: float = 0.0

    @classmethod
    def of(cls, number: int) -> "Line":
        """So many, all idle."""
        return cls([0.0] * number)

    def serve(self, now: float, lasting: float) -> float:
        """When this one is done."""
        begins = max(now, self.free[0])
        heappop(self.free)
        heappush(self.free, begins + lasting)
        self.busy += lasting
        return begins + lasting


@dataclass(slots=True)
class Lock:
    """Shared by those who write of one source, taken whole by those with news."""

    free: float = 0.0
    shared: float = 0.0
    busy: float = 0.0

    def whole(self, now: float, lasting: float) -> float:
        """When its commit is through."""
        begins = max(now, self.free, self.shared)
        self.free, self.busy = begins + lasting, self.busy + lasting
        return self.free

    def narrow(self, now: float, lasting: float) -> float:
        """The same."""
        ends = max(now, self.free) + lasting
        self.shared = max(self.shared, ends)
        return ends


@dataclass(frozen=True, slots=True)
class Found:
    """Polls a second that were done, seconds by which the 95th of a hundred came late, and how busy each thing was."""

    rate: float
    late: float
    busy: dict[str, float] = field(default_factory=dict)


def run(town: Town, seconds: float, seed: int = 1) -> Found:
    """So many seconds of it, from a quiet start."""
    chance, events = Random(seed), list[tuple[float, int, int]]()  # noqa: S311  # a simulation, not a secret
    wanted = int(town.sources * seconds / town.interval)
    dues = sorted(chance.random() * seconds for _ in range(wanted))
    events = [(due, 0, number) for number, due in enumerate(dues)]
    heapify(events)
    steps = _Steps(town, chance)
    late: list[float] = []
    while events and events[0][0] < seconds:
        now, step, number = heappop(events)
        if step == len(steps.every):
            late.append(now - dues[number])
        else:
            heappush(events, (steps.every[step](now, number), step + 1, number))
    late.sort()
    worst = late[int(len(late) * 0.95)] if late else seconds
    return Found(len(late) / seconds, worst, dict(steps.busy(seconds)))


class _Steps:
    """What a poll goes through, in order."""

    def __init__(self, town: Town, chance: Random) -> None:
        self._town, self._chance, self._lock = town, chance, Lock()
        self._leader, self._places = Line.of(1), Line.of(town.workers * town.at_once)
        self._cpus, self._database = [Line.of(1) for _ in range(town.workers)], Line.of(town.cores)
        self.every = (self._hand_out, self._visit, self._work, self._look, self._write)

    def _hand_out(self, now: float, _: int) -> float:
        return self._leader.serve(now, 1 / self._town.hand_out) if self._town.hand_out else now

    def _visit(self, now: float, _: int) -> float:
        """A place is taken for the far end's time, and for what it costs to read and to store the answer."""
        return self._places.serve(now, self._town.answer + self._town.poll + self._town.database)

    def _work(self, now: float, number: int) -> float:
        return self._cpus[number % self._town.workers].serve(now, self._town.poll)

    def _look(self, now: float, _: int) -> float:
        return self._database.serve(now, self._town.database)

    def _write(self, now: float, _: int) -> float:
        if self._chance.random() < self._town.news or not self._town.narrow:
            return self._lock.whole(now, self._town.whole if self._town.narrow else self._town.database)
        return self._lock.narrow(now, self._town.database)

    def busy(self, seconds: float) -> Iterator[tuple[str, float]]:
        """Each by its name; 1 is always."""
        town = self._town
        yield "leader", self._leader.busy / seconds
        yield "places", self._places.busy / seconds / (town.workers * town.at_once)
        yield "workers' CPU", sum(one.busy for one in self._cpus) / seconds / town.workers
        yield "database's CPU", self._database.busy / seconds / town.cores
        yield "lock of all", self._lock.busy / seconds
