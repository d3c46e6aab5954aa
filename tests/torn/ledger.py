"""A few numbers that all processes of a run share."""

import os
import struct
from dataclasses import dataclass, field
from mmap import mmap
from pathlib import Path

_NUMBER = struct.Struct("q")
_NAMES = ("version", "published", "strays", "ended")
_READERS = 64


@dataclass(frozen=True, slots=True)
class Ledger:
    """By name: the last ``version`` begun, how many were ``published``, ``strays`` after a start, whether all is ``ended``.

    One process at a time changes a number, and each reader has one of its own: two would lose what the other added.
    """

    memory: mmap
    parent: int = field(default_factory=os.getppid)

    def goes_on(self) -> bool:
        """Whether a process of the run has still to work: not where it is over, or who began it is gone."""
        return not self.read("ended") and os.getppid() == self.parent

    def read(self, name: str) -> int:
        return self._at(_NAMES.index(name))

    def add(self, name: str, more: int = 1) -> int:
        """What it is then."""
        return self._add(_NAMES.index(name), more)

    def add_read(self, reader: int) -> None:
        """One more read of this reader."""
        self._add(len(_NAMES) + reader, 1)

    def reads(self) -> list[int]:
        """How many each reader has made, were there as many readers as can be."""
        return [self._at(len(_NAMES) + reader) for reader in range(_READERS)]

    def _at(self, index: int) -> int:
        (number,) = _NUMBER.unpack_from(self.memory, index * _NUMBER.size)
        return int(number)

    def _add(self, index: int, more: int) -> int:
        number = self._at(index) + more
        _NUMBER.pack_into(self.memory, index * _NUMBER.size, number)
        return number


def opened(folder: Path) -> Ledger:
    """That of a run; made where there is none yet."""
    file = folder / "ledger"
    if not file.exists():
        file.write_bytes(bytes(_NUMBER.size * (len(_NAMES) + _READERS)))
    with file.open("r+b") as stream:
        return Ledger(mmap(stream.fileno(), 0))
