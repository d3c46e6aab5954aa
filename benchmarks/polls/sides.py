"""Who asks the farm: a process of its own that is told to make a round, and what that costs it."""

import json
import os
import resource
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO, Any, Protocol

from benchmarks.cost import Cpu, cpu

Environment = Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU and wall seconds of one round; ``said`` is what the side tells of it."""

    cpu: Cpu
    wall: float
    said: Mapping[str, Any] = field(default_factory=dict)


class Side(Protocol):
    """A reader of all sources of the farm, with a database of its own."""

    name: str

    def start(self) -> Spent:
        """Ready for the first round; what that cost."""

    def round(self) -> Spent:
        """Every source asked once, and what came of it stored."""

    def close(self) -> None:
        """The end."""


@dataclass(slots=True)
class Standing:
    """A process that stays, like a daemon: for each line that it reads it makes a round, and says so in one of JSON."""

    name: str
    command: Sequence[str]
    environment: Environment = None
    log: Path = Path(os.devnull)
    process: "subprocess.Popen[str] | None" = None

    def start(self) -> Spent:
        """Until it says that it is ready."""
        began, pipe = monotonic(), subprocess.PIPE
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command, stdin=pipe, stdout=pipe, stderr=log, text=True, env=self.environment
            )
        said = self._line()
        return Spent(cpu(self.process.pid), monotonic() - began, said)

    def round(self) -> Spent:
        """A line, and the answer."""
        assert self.process is not None
        before, began = cpu(self.process.pid), monotonic()
        _tell(self.process.stdin)
        said = self._line()
        return Spent(cpu(self.process.pid).since(before), monotonic() - began, said)

    def close(self) -> None:
        """It ends with its input."""
        if self.process is None:
            return
        with suppress(OSError):
            self.process.communicate(timeout=60)
        self.process = None

    def _line(self) -> Mapping[str, Any]:
        assert self.process is not None
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            said = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise SystemExit(f"{self.name} has ended with {self.process.wait(10)}: {said}")
        answer: Mapping[str, Any] = json.loads(line)
        return answer


@dataclass(slots=True)
class Called:
    """A command that is called for each round; ``bare`` is one that only starts and ends it."""

    name: str
    command: Sequence[str]
    bare: Sequence[str]
    environment: Environment = None
    cost: float = 0.0

    def start(self) -> Spent:
        """What it costs to be called at all, which is taken off each round."""
        spent = self._call(self.bare, 0.0)
        self.cost = spent.cpu.whole
        return spent

    def round(self) -> Spent:
        """One call."""
        return self._call(self.command, self.cost)

    def close(self) -> None:
        """Nothing of it is left."""

    def _call(self, command: Sequence[str], off: float) -> Spent:
        before, began = _children(), monotonic()
        ended = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise SystemExit(f"{self.name} has ended with {ended.returncode}: {ended.stderr or ended.stdout}")
        return Spent(Cpu(_children() - before - off, 0.0), monotonic() - began)


def _tell(pipe: IO[str] | None) -> None:
    assert pipe is not None
    pipe.write("round\n")
    pipe.flush()


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
