"""Workers are killed, stopped and told to end at moments that a seed chooses; then everything is drained."""

import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from tests.fakes.wire import Wire
from tests.torture import ends, worker
from tests.torture.clock import Clock
from tests.torture.ends import Ends
from tests.torture.program import Process, Program

WAYS = ("kill",) * 17 + ("two", "stop", "end")
"""A worker is killed; two are, which work side by side; one is stopped until its lease is over; one is told to end."""
JUMPS = (4, 4, 4, 5, 6, 20)
"""Minutes for which nobody works after that: longer than any lease, and than a network has to show a post."""
BESIDE, ASLEEP = timedelta(minutes=5), timedelta(minutes=4)
"""What goes by before posts are due for two who are at work, and while one is stopped: longer than a lease."""
ROUNDS = 400
"""Passes after which whatever is still open is not going to end."""
LOOKS = 25
"""After so many deaths a person looks where the program cannot."""
MOMENT = 0.12
"""Seconds, at most, that a worker lives on after as many calls as were thrown for it."""
AT_ONCE = 0.05
"""Of the deaths, in the share of all; they come whether anything is under way or not."""


@dataclass(frozen=True, slots=True)
class Death:
    """How a worker dies, and for how long nobody works then."""

    way: str
    jump: timedelta

    @property
    def before(self) -> timedelta:
        """What goes by in it before its posts are to be due."""
        return BESIDE if self.way == "two" else timedelta(0)

    @property
    def span(self) -> timedelta:
        """All that goes by until the next one."""
        return self.before + (ASLEEP if self.way == "stop" else timedelta(0)) + self.jump


@dataclass(slots=True)
class Torment:
    """A program at work among its far ends, and what has been counted. ``most``: calls that a worker sees at most."""

    program: Program
    clock: Clock
    ends: Ends
    wire: Wire
    chance: Random
    most: int
    in_flight: list[int] = field(default_factory=list)
    """For each death, how many posts the dead had."""
    bad_ends: list[str] = field(default_factory=list)
    """What came of each worker that was told to end, and did not in time, or not with 0."""

    def kill(self, deaths: Sequence[Death]) -> Iterator[int]:
        """One after the other; how many there were."""
        for number, death in enumerate(deaths):
            self.in_flight.append(self._die(death))
            self.clock.move(death.jump)
            if number % LOOKS == LOOKS - 1:
                self.program.look(self.ends.public())
            yield number + 1

    def _die(self, death: Death) -> int:
        """How many posts it had in the end, or when it was stopped."""
        way = death.way
        processes = [self.program.start() for _ in range(2 if way == "two" else 1)]
        if way == "two":  # both are at work when the next posts are due
            self._passes(4)
            ends.calm(self.ends, self.wire, all_dead=False)
            self.clock.move(death.before)
        self._wait(is_early=way != "end" and self.chance.random() < AT_ONCE)
        stopped = self._stop(processes) if way == "stop" else 0
        if way == "end":
            self._end(processes[0])
        worker.killed(processes)
        had = self.program.in_flight()
        ends.calm(self.ends, self.wire, all_dead=True)
        return stopped or had

    def _stop(self, processes: list[Process]) -> int:
        """It is taken for dead, another one takes over, and it goes on where it was. How many posts it had."""
        worker.send(processes[0], signal.SIGSTOP)
        had = self.program.in_flight()
        ends.calm(self.ends, self.wire, all_dead=False)
        self.clock.move(ASLEEP)
        processes.append(self.program.start())
        self._passes(2, within=1.0)  # who was stopped in the middle of a transaction holds up everybody
        worker.send(processes[0], signal.SIGCONT)
        time.sleep(self.chance.uniform(0, 0.3))
        return had

    def _end(self, process: Process) -> None:
        if not worker.ended(process):
            code = process.exitcode
            self.bad_ends.append("still there after ten seconds" if code is None else f"exit code {code}")

    def _wait(self, *, is_early: bool) -> None:
        """Until as many calls have come as chance wants, or no more are coming, and a moment more.

        Who is told to end is at work by then: before, there is nobody yet who could hear it.
        """
        if not is_early:
            wanted, passes = self.ends.begun + self.chance.randint(1, self.most), self.clock.passes() + 2
            end = time.monotonic() + 10
            while self.ends.begun < wanted and self.clock.passes() < passes and time.monotonic() < end:
                time.sleep(0.002)
        time.sleep(self.chance.uniform(0, MOMENT))

    def _passes(self, number: int, within: float = 10) -> None:
        wanted, end = self.clock.passes() + number, time.monotonic() + within
        while self.clock.passes() < wanted and time.monotonic() < end:
            time.sleep(0.002)

    def drain(self) -> None:
        """One worker, left alone, until nothing is open any more."""
        last = self.program.start()
        for _ in range(ROUNDS):
            self.ends.hurry.set()  # what is slow has been tried
            self._passes(3)
            ends.calm(self.ends, self.wire, all_dead=False)
            self.program.look(self.ends.public())
            if self.program.is_done():
                break
            self.clock.move(timedelta(minutes=4))
        self._end(last)
        worker.killed([last])
