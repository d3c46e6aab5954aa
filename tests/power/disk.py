"""A disk that loses its power: what was synced is there, and of the rest whatever chance leaves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.power.record import Created, Cut, Deleted, Event, Synced, Written

SECTORS = (512, 4096)
KEPT = (0.0, 0.1, 0.5, 0.9, 1.0)
"""Shares of what was not synced yet that are there all the same."""
GARBAGE = 0.03
"""Of the sectors that were being written, as many hold neither what was there nor what was to be."""


@dataclass(slots=True)
class File:
    """What is on the disk for sure, and what is on its way."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Written | Cut] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.pending:
            _apply(self.safe, change)
        self.pending.clear()

    def after_a_cut(self, chance: Random) -> bytes:
        """The pieces of what was on its way that arrived: any of them, in any order, now and then spoilt."""
        kept, sector = chance.choice(KEPT), chance.choice(SECTORS)
        pieces = [piece for change in self.pending for piece in _pieces(change, sector) if chance.random() < kept]
        if chance.random() < 0.5:
            chance.shuffle(pieces)
        found = bytearray(self.safe)
        for piece in pieces:
            _apply(found, _spoilt(piece, chance) if chance.random() < GARBAGE else piece)
        return bytes(found)


@dataclass(slots=True)
class Disk:
    """One folder, as the events of a record leave it."""

    files: dict[int, File] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    renamed: list[Created | Deleted] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """What one event does."""
        match event:
            case Created():
                self.files[event.file] = File()
                self.renamed.append(event)
            case Deleted():
                self.renamed.append(event)
            case Written() | Cut():
                self.files[event.file].pending.append(event)
            case Synced():
                self._sync(event)
            case _:
                pass

    def _sync(self, event: Synced) -> None:
        if event.file in self.files:
            self.files[event.file].sync()
        if event.with_folder:
            for change in self.renamed:
                _rename(self.names, change)
            self.renamed.clear()

    def cut(self, chance: Random, folder: Path) -> None:
        """Write into ``folder`` what is found when the power is back."""
        names, kept = dict(self.names), chance.choice(KEPT)
        for change in self.renamed:
            if chance.random() < kept:
                _rename(names, change)
        for name, file in names.items():
            (folder / name).write_bytes(self.files[file].after_a_cut(chance))


def _apply(content: bytearray, change: Written | Cut) -> None:
    size = change.start if isinstance(change, Written) else change.size
    content.extend(bytes(max(0, size - len(content))))
    if isinstance(change, Written):
        content[change.start : change.start + len(change.data)] = change.data
    else:
        del content[change.size :]


def _rename(names: dict[str, int], change: Created | Deleted) -> None:
    if isinstance(change, Created):
        names[change.name] = change.file
    else:
        names.pop(change.name, None)


def _pieces(change: Written | Cut, sector: int) -> Iterator[Written | Cut]:
    """A disk writes a sector at a time, and SQLite counts on it that what stands beside in the sector stays."""
    if isinstance(change, Cut):
        yield change
        return
    at, end = change.start, change.start + len(change.data)
    while at < end:
        to = min(end, (at // sector + 1) * sector)
        yield Written(change.file, at, change.data[at - change.start : to - change.start])
        at = to


def _spoilt(piece: Written | Cut, chance: Random) -> Written | Cut:
    return Written(piece.file, piece.start, chance.randbytes(len(piece.data))) if isinstance(piece, Written) else piece
