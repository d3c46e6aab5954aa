"""What a process costs, with its children: CPU in nanoseconds where ``/proc`` counts in hundredths, and memory."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SCHED = 2
"""The clock of all threads of a process, as Linux numbers it (``CPUCLOCK_SCHED``)."""


@dataclass(frozen=True, slots=True)
class Cpu:
    """Seconds, user and system: of the process itself, and of all that it has begun, ended or not."""

    own: float
    children: float

    @property
    def whole(self) -> float:
        """Both."""
        return self.own + self.children

    def since(self, before: "Cpu") -> "Cpu":
        """What came after ``before``."""
        return Cpu(self.own - before.own, self.children - before.children)


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds, in megabytes: all that is resident, and what of it nobody shares."""

    resident: float
    own: float


def cpu(pid: int) -> Cpu:
    """So far."""
    below = list(descendants(pid))
    return Cpu(_clock(pid), sum(_clock(one) for one in below) + sum(_reaped(one) for one in (pid, *below)))


def descendants(pid: int) -> Iterator[int]:
    """All processes below it; a child belongs to the thread that began it."""
    for task in _tasks(pid):
        try:
            found = (task / "children").read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in map(int, found):
            yield child
            yield from descendants(child)


def share(pid: int, seconds: float) -> float:
    """Of a core, that it and all below it have in the next ``seconds``."""
    before, began = cpu(pid).whole, time.monotonic()
    time.sleep(seconds)
    return (cpu(pid).whole - before) / (time.monotonic() - began)


def memory(pid: int) -> int:
    """Bytes that it and all below it hold, what they share counted once (PSS)."""
    return sum(_rolled_up(one).get("Pss", 0) for one in (pid, *descendants(pid)))


def held(pid: int) -> Held:
    """Now."""
    found = _rolled_up(pid)
    return Held(found["Rss"] / 1e6, (found["Private_Clean"] + found["Private_Dirty"]) / 1e6)


def _tasks(pid: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return []


def _clock(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | _SCHED)
    except OSError:
        return 0.0


def _reaped(pid: int) -> float:
    """Of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _rolled_up(pid: int) -> dict[str, int]:
    """Bytes by their kind, as Linux names it; empty for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return {}
    return {name.rstrip(":"): int(kib) * 1024 for name, kib, *_ in map(str.split, lines)}
