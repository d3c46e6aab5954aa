"""A run: one publisher after the other is killed in the middle of its work, while readers read all the time."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from relay.publish.compression import SUFFIXES
from tests.torn import ledger, publisher, readers, site
from tests.torn.ledger import Ledger

_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own in it
_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked: so many versions published, publishers killed and readers, and at least so many ``reads``.

    A reader waits for ``breath`` seconds between two reads, so that others have their turn.
    """

    regenerations: int
    kills: int
    readers: int = 8
    reads: int = 0
    seed: int = 0
    plant: str = ""
    breath: float = 0.005


@dataclass(slots=True)
class Report:
    """What readers saw; ``left`` is how many temporary files lay about at deaths, ``strays`` after the next start."""

    reads: int = 0
    published: int = 0
    kills: int = 0
    left: int = 0
    strays: int = 0
    seconds: float = 0.0
    wrong: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nobody saw anything but whole documents, and nothing lies about."""
        return not self.wrong.total() and not self.strays


def run(plan: Plan) -> Report:
    """All of it, in memory where there is a place: there, files are replaced fastest."""
    began = time.monotonic()
    with TemporaryDirectory(prefix="relay-torn-", dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        folder, report = Path(name), Report()
        numbers = ledger.opened(folder)
        writing = publisher.started(publisher.work, folder, plan.plant)
        _await(numbers, 1)
        reading = _readers(folder, plan)
        writing = _torment(folder, numbers, plan, report, writing)
        numbers.add("ended")
        for process in (*reading, writing):
            process.join(_PATIENCE)
        _gather(folder, plan, report)
        report.strays = numbers.read("strays") + len(publisher.strays(folder / "feeds"))
    report.seconds = time.monotonic() - began
    return report


def _readers(folder: Path, plan: Plan) -> Sequence[ForkServerProcess]:
    """A quarter of them read from the site."""
    served = publisher.started(site.serve, folder)
    site.address(folder)
    names = _names(folder / "feeds")
    kinds = [readers.read_pages if number % 4 == 3 else readers.read_files for number in range(plan.readers)]
    tasks = [readers.Task(folder, names, number, plan.breath) for number in range(plan.readers)]
    return [served, *(publisher.started(kind, task) for kind, task in zip(kinds, tasks, strict=True))]


def _names(feeds: Path) -> list[str]:
    """Every document of a feed that has twins."""
    files = [path for path in feeds.rglob("*") if path.is_file() and path.suffix not in SUFFIXES.values()]
    own = [path for path in files if path.parent != feeds]
    return sorted(str(path.relative_to(feeds)) for path in own if path.with_name(f"{path.name}.gz").exists())


def _torment(
    folder: Path, numbers: Ledger, plan: Plan, report: Report, writing: ForkServerProcess
) -> ForkServerProcess:
    """The last publisher, which is still at work."""
    chance = Random(plan.seed)  # noqa: S311  # chance, and no secret
    before = _begun(numbers, plan)
    for number in range(plan.kills):
        _await(numbers, before + plan.regenerations * (number + 1) // (plan.kills + 1))
        _aim(folder, numbers, chance)
        writing.kill()
        writing.join()
        report.kills += 1
        report.left += len(publisher.strays(folder / "feeds"))
        writing = publisher.started(publisher.work, folder, plan.plant)
    # The last to be started shows, too, that nothing lies about after its first version.
    _await(numbers, max(before + plan.regenerations, numbers.read("published") + 1))
    while sum(numbers.reads()) < plan.reads:
        time.sleep(0.01)
    report.published = numbers.read("published") - before
    return writing


def _begun(numbers: Ledger, plan: Plan) -> int:
    """How many versions there were before all readers were at work."""
    while not all(numbers.reads()[: plan.readers]):
        time.sleep(0.002)
    return numbers.read("published")


def _aim(folder: Path, numbers: Ledger, chance: Random) -> None:
    """Wait for a moment within a version: while a file is written, or any."""
    _await(numbers, numbers.read("published") + 1)
    began = time.monotonic()
    _await(numbers, numbers.read("published") + 1)
    span = time.monotonic() - began
    time.sleep(chance.uniform(0, span))
    end = time.monotonic() + (span if chance.random() < 0.5 else 0)
    while time.monotonic() < end and not publisher.strays(folder / "feeds"):
        time.sleep(0.0005)


def _await(numbers: Ledger, published: int) -> None:
    """Until so many versions are published in all; who waits too long for one of them gives up."""
    last, end = 0, 0.0
    while (now := numbers.read("published")) < published:
        if now > last or not end:
            last, end = now, time.monotonic() + _PATIENCE
        if time.monotonic() > end:
            raise TimeoutError("the publisher does not publish")
        time.sleep(0.002)


def _gather(folder: Path, plan: Plan, report: Report) -> None:
    for number in range(plan.readers):
        seen = json.loads((folder / f"seen-{number}.json").read_text())
        report.reads += seen["reads"]
        report.wrong.update(seen["wrong"])
        report.told += seen["told"]
