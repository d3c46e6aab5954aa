"""What a process and those below it hold and use, as Linux tells it."""

import os
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds, in megabytes: all that is resident, and what of it nobody shares."""

    resident: float
    own: float


def share(daemon: int, seconds: float) -> float:
    before, began = _cpu(daemon), time.monotonic()
    time.sleep(seconds)
    return (_cpu(daemon) - before) / (time.monotonic() - began)


def _cpu(daemon: int) -> float:
    """Seconds, of its threads and children, of those that have ended too."""
    return sum(_used(pid) for pid in (daemon, *below(daemon)))


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(int(fields[at]) for at in range(11, 15)) / os.sysconf("SC_CLK_TCK")


def below(pid: int) -> list[int]:
    """Its children, and theirs."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    own = [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]
    return [*own, *(one for child in own for one in below(child))]


def held(pid: int) -> Held:
    lines = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:])
    kib = {fields[0].rstrip(":"): int(fields[1]) for fields in lines}
    return Held(kib["Rss"] * 1024 / 1e6, (kib["Private_Clean"] + kib["Private_Dirty"]) * 1024 / 1e6)
