"""Goal P7: one pass over thousands of sources that take their time, and what those that hang do to the others."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from tests.real.ports import free_port

from benchmarks.cost import memory
from benchmarks.polls.configuration import written
from benchmarks.polls.farm import address
from benchmarks.polls.sides import Spent, Standing
from benchmarks.polls.slow import Manners
from benchmarks.scaled.world import filled, read
from relay.storage.database import open_database
from relay.storage.upgrading import upgrade

DEADLINE = 30.0
"""Seconds that relay gives a request (``reading_client``)."""
HOURS = 7
"""After which all that ``filled`` writes is due."""
LOOKED = 0.25
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Pass:
    """``peak`` is in bytes, with what children hold; ``asked``: seconds from the beginning until each of the others."""

    spent: Spent
    peak: int
    asked: Sequence[float]

    def late(self, beside: "Pass") -> float:
        """By how many seconds, at most, the n-th of the others was asked later than ``beside``; 0: never later."""
        pairs = zip(self.asked, beside.asked, strict=False)
        return max(0.0, *(mine - theirs for mine, theirs in pairs))


def measured(number: int, manners: Manners) -> Pass:
    """One pass of relay over so many sources, which have all been asked before, and are all due."""
    with TemporaryDirectory(prefix="polls-") as name, _sources(Path(name), manners) as (port, log):
        folder = Path(name)
        file = written(folder, [f"http://{address(n)}:{port}/{n}" for n in range(number)])
        _fill(file)
        words = (sys.executable, "-m", "benchmarks.polls.ours", str(file), "--breath", "0", "--hours", str(HOURS))
        side = Standing("relay", words, log=folder / "log")
        side.start()
        try:
            return _watched(side, log, manners)
        finally:
            side.close()


def _watched(side: Standing, log: Path, manners: Manners) -> Pass:
    assert side.process is not None
    peak, is_over, began = [0], threading.Event(), monotonic()

    def look(pid: int) -> None:
        while not is_over.wait(LOOKED):
            peak.append(memory(pid))

    watch = threading.Thread(target=look, args=[side.process.pid])
    watch.start()
    try:
        spent = side.round()
    finally:
        is_over.set()
        watch.join()
    lines = (line.split() for line in log.read_text(encoding="ascii").splitlines())
    first = {int(n): float(came) - began for came, n in reversed(list(lines))}
    return Pass(spent, max(peak), sorted(came for n, came in first.items() if not manners.is_hanging(n)))


def _fill(file: Path) -> None:
    configuration = read(file)
    db = open_database(configuration.service.database)
    upgrade(db, datetime.now(UTC))  # noqa: TID251  # rows as a clock would have dated them
    filled(db, configuration)
    db.close()


@contextmanager
def _sources(folder: Path, manners: Manners) -> Iterator[tuple[int, Path]]:
    port, log = free_port(), folder / "asked"
    said = (manners.delay, manners.slowness, manners.slow, manners.hanging)
    words = (sys.executable, "-m", "benchmarks.polls.slow", str(port), *map(str, said), str(log))
    process = subprocess.Popen(words)
    try:
        while not log.exists() and process.poll() is None:
            sleep(0.05)
        sleep(0.2)  # the log is opened a moment before the port
        yield port, log
    finally:
        process.terminate()
        process.wait(10)
