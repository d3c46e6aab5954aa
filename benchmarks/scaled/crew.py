"""Workers under load: the same polls for one of them and for several, and what these cost."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from benchmarks.cost import cpu

PATIENCE = 180.0
"""Seconds for workers to begin, and for a run."""


@dataclass(frozen=True, slots=True)
class Run:
    """``polls`` in ``seconds``, with the CPU seconds that workers, database and farm had meanwhile."""

    polls: int
    seconds: float
    workers: float
    database: float
    farm: float
    twice: int = 0

    @property
    def rate(self) -> float:
        """Polls a second."""
        return self.polls / self.seconds

    def cost(self, what: float) -> float:
        """Milliseconds of CPU a poll."""
        return 1000 * what / max(self.polls, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run takes place: the configuration, its environment, the log of the farm, and the two servers."""

    file: Path
    environment: Mapping[str, str]
    log: Path
    database: int
    farm: int

    def spent(self, workers: Sequence[int]) -> tuple[float, float, float]:
        """CPU seconds so far of the workers, of the database, of the farm."""
        return sum(cpu(one).whole for one in workers), cpu(self.database).whole, cpu(self.farm).whole


@contextmanager
def started(
    place: Place, words: Sequence[str], number: int, output: int | None
) -> Iterator[list[subprocess.Popen[str]]]:
    """So many processes, which end with this block."""
    command = (sys.executable, "-m", *words)
    pipes = {"stdin": subprocess.PIPE, "stdout": output, "text": True}
    own = {**os.environ, **place.environment}
    crew = [subprocess.Popen(command, env=own, **pipes) for _ in range(number)]  # type: ignore[call-overload]
    try:
        yield crew
    finally:
        for one in crew:
            one.terminate()
        for one in crew:
            one.wait(30)


def by_step(place: Place, number: int, at_once: int, hosts: Sequence[str]) -> Run:
    """Workers without their queue: each is told the next host as soon as it has room."""
    words = ("benchmarks.scaled.step", str(place.file), str(at_once))
    with started(place, words, number, subprocess.PIPE) as crew:
        for one in crew:
            _line(one.stdout)
        lock, left, done = threading.Lock(), iter(hosts), []

        def feed(one: subprocess.Popen[str]) -> None:
            assert one.stdin is not None
            under_way = 0
            while True:
                while under_way < at_once and (host := _next(lock, left)) is not None:
                    one.stdin.write(f"{host}\n")
                    under_way += 1
                one.stdin.flush()
                if not under_way:
                    return
                done.append(int(_line(one.stdout)))
                under_way -= 1

        return measured(place, [one.pid for one in crew], lambda: _all(feed, crew))


def by_relay(place: Place, number: int, sources: int, release: Callable[[], None]) -> Run:
    """``relay worker`` as it is; ``release`` makes the sources due once all have begun."""
    words = ("relay", "worker", "--config", str(place.file))
    with started(place, words, number, subprocess.DEVNULL) as crew:
        sleep(10 + 2 * number)

        def work() -> None:
            release()
            end = monotonic() + PATIENCE
            before = len(_asked(place.log, 0))
            while monotonic() < end and len(_asked(place.log, 0)) < before + sources:
                sleep(0.2)

        return measured(place, [one.pid for one in crew], work)


def measured(place: Place, workers: Sequence[int], work: Callable[[], None]) -> Run:
    """What came of it by the farm's log, from the first request to the last answer."""
    spent, began = place.spent(workers), monotonic()
    work()
    after, sleeping = place.spent(workers), 0.3
    sleep(sleeping)  # the farm writes its last lines
    asked = _asked(place.log, began)
    numbers = [number for _, _, number in asked]
    seconds = max(ended for _, ended, _ in asked) - min(came for came, _, _ in asked)
    own, database, farm = (late - early for early, late in zip(spent, after, strict=True))
    return Run(len(numbers), seconds, own, database, farm, len(numbers) - len({*numbers}))


def _asked(log: Path, since: float) -> list[tuple[float, float, int]]:
    lines = (line.split() for line in log.read_text(encoding="ascii").splitlines())
    return [(float(one[0]), float(one[1]), int(one[2])) for one in lines if len(one) == 3 and float(one[0]) >= since]


def _all(feed: Callable[[subprocess.Popen[str]], None], crew: Sequence[subprocess.Popen[str]]) -> None:
    threads = [threading.Thread(target=feed, args=[one]) for one in crew]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)


def _next(lock: threading.Lock, left: Iterator[str]) -> str | None:
    with lock:
        return next(left, None)


def _line(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.readline() or "0"
