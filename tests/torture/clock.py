"""A clock that all processes of a run share, and that only the harness moves: leases and waits end when it says so."""

import struct
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from mmap import mmap
from pathlib import Path

_START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
_SECONDS, _PASSES = struct.Struct("d"), struct.Struct("q")


@dataclass(frozen=True, slots=True)
class Clock:
    """Real seconds go by on it as everywhere; ``memory`` has how far it is ahead, and how many passes were made."""

    memory: mmap

    def now(self) -> datetime:
        """The time of relay and of its far ends."""
        (ahead,) = _SECONDS.unpack_from(self.memory)
        return _START + timedelta(seconds=ahead + time.monotonic())

    def move(self, span: timedelta) -> None:
        """The next moment is so much later."""
        (ahead,) = _SECONDS.unpack_from(self.memory)
        _SECONDS.pack_into(self.memory, 0, ahead + span.total_seconds())

    def passed(self) -> None:
        """A worker has made a pass."""
        _PASSES.pack_into(self.memory, 8, self.passes() + 1)

    def passes(self) -> int:
        """How many were made so far."""
        (passes,) = _PASSES.unpack_from(self.memory, 8)
        return int(passes)


def made(folder: Path) -> Clock:
    """A clock that begins now; its file is where ``read`` finds it."""
    (folder / "clock").write_bytes(bytes(16))
    clock = read(folder)
    clock.move(timedelta(seconds=-time.monotonic()))
    return clock


def read(folder: Path) -> Clock:
    """The clock of a run, in another process."""
    with (folder / "clock").open("r+b") as file:
        return Clock(mmap(file.fileno(), 16))
