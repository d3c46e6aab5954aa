"""A document read in parts, each of its entries new in turn, beside the same document read whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from relay.core.document import Fetched, ParsedEntry, ParsedFeed
from relay.core.entry import fingerprint, identities
from relay.core.sketch import Sketch
from relay.core.source import Source
from relay.intake.parse import parse
from relay.intake.splitting.split import split
from relay.pipeline.reading.piecemeal import Kept, kept, read
from relay.pipeline.reading.reader import Reader

URL = "http://agence.example/feed"
SOURCE = Source("agence", URL, "Source : Agence")
WISH = "as it is"

Outcome = Literal["equal", "whole", "unsplit", "repaired", "different"]


@dataclass
class Counting:
    """A reader without a network, which notes how long the documents are that it is given."""

    lengths: list[int]

    def read(self, source: Source, answer: Fetched) -> ParsedFeed:  # noqa: ARG002  # as a reader has it
        self.lengths.append(len(answer.body))
        return parse(answer.body, answer.url, answer.content_type)


def judged(body: bytes) -> tuple[Outcome, str]:
    """Whether each way of reading it in parts says what reading it whole says, and where it does not."""
    if split(body) is None:
        return "unsplit", ""
    whole, _ = reading(body, {})
    marked = [entry for entry in whole.entries if entry.mark]
    if not marked:
        return "repaired", ""
    parts = 0
    for new in _choices(len(whole.entries)):
        known = kept([sketch(entry) for place, entry in enumerate(whole.entries) if entry.mark and place not in new])
        found, lengths = reading(body, known)
        parts += any(entry.sketch for entry in found.entries)
        if why := difference(found, whole):
            return "different", f"{sorted(new)} are new, read {lengths}: {why}"
    return ("equal" if parts else "whole"), ""


def reading(body: bytes, known: Kept) -> tuple[ParsedFeed, list[int]]:
    reader = Counting([])
    return read(_as_reader(reader), SOURCE, Fetched(URL, body), WISH, known), reader.lengths


def _as_reader(reader: Counting) -> Reader:
    found: Reader = reader  # type: ignore[assignment]  # it is asked for nothing else
    return found


def _choices(number: int) -> Iterator[frozenset[int]]:
    """Which entries are new: the first, each of the first ones, one in the middle, the last, every other, none."""
    alone = [*range(min(number, 6)), number // 2, number - 1]
    yield from (frozenset({place}) for place in sorted(set(alone)))
    yield frozenset(range(0, number, 2))
    yield frozenset()


def sketch(entry: ParsedEntry) -> Sketch:
    assert entry.mark
    names = tuple(sorted((name.kind, bytes.fromhex(name.value)) for name in identities(entry)))
    return Sketch(entry.mark, 7, bytes.fromhex(fingerprint(entry)), names, entry.published, entry.updated)


def difference(found: ParsedFeed, whole: ParsedFeed) -> str:
    """What one says and the other does not, in the head or in an entry; of a sketch what is decided by."""
    if replace(found, entries=()) != replace(whole, entries=()):
        return f"the head: {_fields(found, whole)}"
    if len(found.entries) != len(whole.entries):
        return f"{len(found.entries)} entries, not {len(whole.entries)}"
    return next(filter(None, map(_of_entry, found.entries, whole.entries)), "")


def _of_entry(found: ParsedEntry, whole: ParsedEntry) -> str:
    if found.sketch:
        return "" if _told(found) == _told(whole) else f"a sketch: {_told(found)}, not {_told(whole)}"
    return "" if found == whole else f"an entry: {_fields(found, whole)}"


def _told(entry: ParsedEntry) -> tuple[object, ...]:
    return identities(entry), fingerprint(entry), entry.published, entry.updated


def _fields(found: object, whole: object) -> str:
    names: Sequence[str] = found.__slots__  # type: ignore[attr-defined]  # of a dataclass
    other = [name for name in names if name != "entries" and getattr(found, name) != getattr(whole, name)]
    return ", ".join(f"{name} is {getattr(found, name)!r}, not {getattr(whole, name)!r}" for name in other)
