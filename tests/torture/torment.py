"""A run: workers are killed, stopped and told to end at moments that a seed chooses; then everything is drained."""

import signal
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

import httpx

from relay.core.crosspost import State
from relay.core.review.transitions import Event
from relay.pipeline import review
from relay.storage import crossposts
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from tests.fakes.wire import Wire
from tests.torture import clock as clocks
from tests.torture import stock, worker
from tests.torture.accounts import SILENT, desk
from tests.torture.clock import Clock
from tests.torture.ends import Ends, listening
from tests.torture.stock import CAMILLE
from tests.torture.verdict import Verdict, judge
from tests.torture.worker import Workplace

WAYS = ("kill",) * 8 + ("two", "stop", "end")
"""A worker is killed; two are, which work side by side; one is stopped until its lease is over; one is told to end."""
JUMPS = (4, 4, 4, 5, 6, 20)
"""Minutes for which nobody works after that: longer than any lease, and than a network has to show a post."""
OPEN = (State.APPROVED, State.SCHEDULED, State.SENDING, State.UNCONFIRMED)
ROUNDS = 400
"""Passes after which whatever is still open is not going to end."""
LOOKS = 25
"""After so many deaths a person looks where relay cannot."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a run."""

    posts: int
    kills: int
    seed: int = 0
    faulty: float = 0.08
    plant: str = ""
    ways: tuple[str, ...] = WAYS


@dataclass(slots=True)
class Run:
    """The processes of a run, what they work on, and what has been counted."""

    plan: Plan
    place: Workplace
    clock: Clock
    db: Database
    ends: Ends
    wire: Wire
    chance: Random
    in_flight: int = 0
    late_ends: int = 0
    ways: dict[str, int] = field(default_factory=dict)

    def torment(self, jumps: list[timedelta]) -> None:
        """One death after the other."""
        for number, jump in enumerate(jumps):
            way = self.chance.choice(self.plan.ways)
            self.ways[way] = self.ways.get(way, 0) + 1
            self._die(way)
            self._calm()
            self.clock.move(jump)
            if number % LOOKS == LOOKS - 1:
                self.look()

    def _die(self, way: str) -> None:
        processes = [worker.started(self.place) for _ in range(2 if way == "two" else 1)]
        if way == "two":  # both are at work when the next posts are due
            self._passes(6)
            self._calm()
            self.clock.move(timedelta(minutes=5))
        self._wait()
        match way:
            case "end":
                self.late_ends += not worker.ended(processes[0])
            case "stop":
                self._stop(processes)
        self.in_flight += self._flying() if way != "stop" else 0
        worker.killed(processes)

    def _stop(self, processes: list[ForkServerProcess]) -> None:
        """It is taken for dead, another one takes over, and it goes on where it was."""
        worker.send(processes[0], signal.SIGSTOP)
        self.in_flight += self._flying()
        self._calm()
        self.clock.move(timedelta(minutes=4))
        processes.append(worker.started(self.place))
        self._passes(2)
        worker.send(processes[0], signal.SIGCONT)
        time.sleep(self.chance.uniform(0, 0.3))

    def _wait(self) -> None:
        """Until something is under way, and a moment more; now and then from the very start."""
        begun, end = self.ends.begun, time.monotonic() + self.chance.choice((0, 1, 1, 1, 1, 1, 1, 1))
        while self.ends.begun == begun and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(self.chance.uniform(0, 0.2))

    def _passes(self, number: int) -> None:
        wanted, end = self.clock.passes() + number, time.monotonic() + 10
        while self.clock.passes() < wanted and time.monotonic() < end:
            time.sleep(0.005)

    def _flying(self) -> int:
        now = self.clock.now()
        with self.db.read() as tx:
            return sum((one.lease_until or now) > now for one in crossposts.by_state(tx, (State.SENDING,)))

    def _calm(self) -> None:
        """Until the far ends have done all that was asked of them: the clock does not go past what is on its way."""
        httpx.get(f"{self.wire.url}/calm", trust_env=False)  # what was asked before has been taken in before this
        time.sleep(0.02)
        self.wire.settle()

    def look(self) -> None:
        """A person looks where relay cannot, and says what is there."""
        public, wishes = self.ends.public(), desk(self.place.url)
        with self.db.read() as tx:
            unknown = [one for one in crossposts.by_state(tx, (State.UNCONFIRMED,)) if one.account == SILENT]
        for one in unknown:
            event = Event.CONFIRM if public[stock.name(one)] else Event.GIVE_UP
            act = review.Act(event, "looked there")
            review.move(self.db, wishes, one.id, (CAMILLE, "page"), act, self.clock.now())

    def drain(self) -> None:
        """One worker, left alone, until nothing is open any more."""
        last = worker.started(self.place)
        for _ in range(ROUNDS):
            self._passes(3)
            self._calm()
            self.look()
            with self.db.read() as tx:
                if not crossposts.by_state(tx, OPEN, limit=1):
                    break
            self.clock.move(timedelta(minutes=4))
        self.late_ends += not worker.ended(last)
        worker.killed([last])


@dataclass(frozen=True, slots=True)
class Report:
    """A verdict, and what it was earned with."""

    verdict: Verdict
    in_flight: int
    late_ends: int
    ways: dict[str, int]
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether nothing was wrong."""
        return self.verdict.holds and not self.late_ends


def run(plan: Plan, folder: Path) -> Report:
    """All of it, in an empty folder."""
    began, chance, clock = time.monotonic(), Random(plan.seed), clocks.made(folder)  # noqa: S311  # chance, and no secret
    ends = Ends(clock, Random(plan.seed + 1), plan.faulty)  # noqa: S311  # as above
    db = open_database(str(folder / "relay.db"))
    migrate(db)
    jumps = [timedelta(minutes=chance.choice(JUMPS)) for _ in range(plan.kills)]
    stock.store(db, stock.posts(_moments(plan, jumps, clock.now())), chance, clock.now())
    with listening(ends, plan.posts) as wire:
        place = Workplace(folder, wire.url, plan.plant)
        this = Run(plan, place, clock, db, ends, wire, chance)
        this.torment(jumps)
        this.drain()
    verdict = judge(db, ends.public())
    db.close()
    return Report(verdict, this.in_flight, this.late_ends, this.ways, time.monotonic() - began)


def _moments(plan: Plan, jumps: list[timedelta], start: datetime) -> list[datetime]:
    """When each post is due: as many after each death."""
    each = [start + sum(jumps[:number], timedelta(0)) for number in range(plan.kills)]
    return [each[number * plan.kills // plan.posts] for number in range(plan.posts)]
