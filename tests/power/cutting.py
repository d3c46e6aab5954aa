"""A run: relay's work is recorded once, then the power fails at many moments of it."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.power.disk import Disk
from tests.power.plants import PLANTS
from tests.power.record import Committed, Event, Left, Record
from tests.power.resuming import resume
from tests.power.verdict import Found, Promises
from tests.power.workload import recorded

_BIRTHS = 50
"""Of so many cuts, one falls into the making of the tables."""
_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own in it


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked: ``cuts`` of ``turns`` of work, and after one in ``resumed`` relay goes on."""

    cuts: int
    turns: int = 12
    seed: int = 0
    plant: str = ""
    resumed: int = 20


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it, and what it was earned with."""

    found: Found
    commits: int
    writes: int
    requests: int
    resumed: int
    seconds: float


def run(plan: Plan) -> Report:
    """All of it, in memory where there is a place."""
    began, chance = time.monotonic(), Random(plan.seed)  # noqa: S311  # chance, and no secret
    with TemporaryDirectory(prefix="relay-power-", dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        (Path(name) / "work").mkdir()
        record = recorded(Path(name) / "work", plan.turns, chance, PLANTS[plan.plant])
        found, resumed = Found(), 0
        for number, (disk, promises, where) in enumerate(_moments(record, _chosen(record, plan, chance))):
            with _image(Path(name), disk, chance) as folder:
                found.judge(folder, promises, where)
                if len(promises.states) == 1:
                    found.start(folder)
                elif not plan.plant and number % plan.resumed == 0:
                    resumed += 1
                    _resume(folder, promises, found, where)
    return _reported(record, found, resumed, time.monotonic() - began)


@contextmanager
def _image(within: Path, disk: Disk, chance: Random) -> Iterator[Path]:
    folder = within / "image"
    folder.mkdir()
    disk.cut(chance, folder)
    yield folder
    shutil.rmtree(folder)


def _resume(folder: Path, promises: Promises, found: Found, where: str) -> None:
    again, unfinished = resume(folder, promises.left)
    found.wrong["blind"] += again
    found.wrong["unfinished"] += unfinished
    if again or unfinished:
        found.told.append(f"{where}: {again} left again, {unfinished} came to no end")


def _chosen(record: Record, plan: Plan, chance: Random) -> list[int]:
    """How many events each disk has seen; the first commits make the tables, which is one moment among others."""
    born = next((at for at, event in enumerate(record.events) if isinstance(event, Committed)), 0)
    few = plan.cuts // _BIRTHS
    at = [chance.randint(0, born) for _ in range(few)]
    return sorted(at + [chance.randint(born + 1, len(record.events)) for _ in range(plan.cuts - few)])


def _moments(record: Record, chosen: list[int]) -> Iterator[tuple[Disk, Promises, str]]:
    disk, promises, seen = Disk(), Promises(), 0
    following = _following(record.events)
    for at in chosen:
        for event, after in zip(record.events[seen:at], following[seen:at], strict=True):
            disk.take(event)
            promises.take(event, after)
        seen = at
        yield disk, promises, f"after event {at} of {len(record.events)}"


def _following(events: list[Event]) -> list[str | None]:
    """For each event the state that the next acknowledged commit makes."""
    found: list[str | None] = []
    state = None
    for event in reversed(events):
        state = event.digest if isinstance(event, Committed) else state
        found.append(state)
    return found[::-1]


def _reported(record: Record, found: Found, resumed: int, seconds: float) -> Report:
    commits = sum(isinstance(event, Committed) for event in record.events)
    requests = sum(isinstance(event, Left) for event in record.events)
    return Report(found, commits, len(record.events), requests, resumed, seconds)
