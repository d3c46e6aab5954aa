"""Entries that need not be read again: what of them is kept, and how they stand in a document among the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from relay.core.document import ParsedEntry
from relay.core.entry import Identity, KnownEntry, fingerprint, identities
from relay.core.filtering.filters import wanted
from relay.core.identity.changes import Change
from relay.core.sketch import Sketch
from relay.core.source import Source


def drawn(sketch: Sketch) -> ParsedEntry:
    """The entry as it stands in a document: what is decided by its names, its fingerprint and its dates is the same."""
    guid = next((value.hex() for kind, value in sketch.names if kind == "guid"), None)
    return ParsedEntry(guid, None, None, published=sketch.published, updated=sketch.updated, sketch=sketch)


def are_distinct(entries: Sequence[ParsedEntry]) -> bool:
    """Whether no two of a document have a name in common: only then does none say anything of another."""
    names = [name for entry in entries for name in _names(entry)]
    return len(set(names)) == len(names)


def _names(entry: ParsedEntry) -> tuple[tuple[str, bytes], ...]:
    """Each of them once."""
    return entry.sketch.names if entry.sketch else _packed(identities(entry))


def _packed(names: frozenset[Identity]) -> tuple[tuple[str, bytes], ...]:
    return tuple(sorted((name.kind, bytes.fromhex(name.value)) for name in names))


@dataclass(frozen=True, slots=True)
class Made:
    """A change that is stored, and the entry that it is of."""

    change: Change
    entry_id: int


def sketched(
    entries: Sequence[ParsedEntry], made: Sequence[Made], known: Sequence[KnownEntry], source: Source
) -> tuple[Sketch, ...]:
    """What is kept of a document, what was ``known`` of it before, and what was ``made`` of it.

    An entry that would be decided upon in another way, were it read once more, is not kept: it will be read.
    """
    by_entry = {id(one.change.entry): one for one in made}
    shared = _shared(entries)
    found = []
    for entry in entries:
        if entry.sketch:
            found.append(entry.sketch)
        elif entry.mark and shared.isdisjoint(names := identities(entry)) and _is_plain(entry, names):
            one = by_entry.get(id(entry))
            if _is_settled(one, names, known) if one else not wanted([entry], source):
                found.append(_sketch(entry, names, one.entry_id if one else 0))
    return tuple(found)


def _shared(entries: Sequence[ParsedEntry]) -> frozenset[Identity]:
    """The names that several entries of the document have; one with sketches was read in parts, as it has none."""
    if any(entry.sketch for entry in entries) or are_distinct(entries):
        return frozenset()
    counted = Counter(name for entry in entries for name in identities(entry))
    return frozenset(name for name, times in counted.items() if times > 1)


def _is_plain(entry: ParsedEntry, names: frozenset[Identity]) -> bool:
    """Whether its guid and its address name it, where it has them: that of a whole site names nothing."""
    kinds = {name.kind for name in names}
    return ("guid" in kinds) == bool(entry.id) and ("url" in kinds) == bool(entry.url)


def _is_settled(one: Made, names: frozenset[Identity], known: Sequence[KnownEntry]) -> bool:
    """Whether all its names are now those of the stored entry, and its words too, where they are this source's."""
    change = one.change
    if any(other.id != change.known_id and other.is_here and names & other.identities for other in known):
        return False
    if change.known_id is None:
        return change.identities == names
    owner = next(other for other in known if other.id == change.known_id)
    is_same = change.kind in {"edited", "shared"} or owner.fingerprint == change.fingerprint or not owner.is_own
    return is_same and change.kind != "frozen" and names <= owner.identities | change.identities


def _sketch(entry: ParsedEntry, names: frozenset[Identity], entry_id: int) -> Sketch:
    assert entry.mark
    digest = bytes.fromhex(fingerprint(entry))
    return Sketch(entry.mark, entry_id, digest, _packed(names), entry.published, entry.updated)
