"""Which stored entry each entry of a document is: by its guid, its address, its title with its date, its words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import regex

from relay.core.document import ParsedEntry
from relay.core.entry import Identity, KnownEntry, dated, fingerprint, identities

_STRENGTH = ("content", "title", "dated", "url", "guid")
_NONE = frozenset[Identity]()
_LATER = timedelta(minutes=1)
"""Posts of one moment are set a second apart: that is not a later date."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """An entry of a document, what it is known by, and the stored entry it is; ``None`` for one that is not stored."""

    entry: ParsedEntry
    names: frozenset[Identity]
    owner: KnownEntry | None


@dataclass(frozen=True, slots=True)
class _Claim:
    """An entry of the document, by its place, may be this stored one; a stronger claim goes first."""

    strength: tuple[bool, int, int]
    place: int
    owner: KnownEntry


def trustworthy(parsed: Sequence[ParsedEntry]) -> tuple[ParsedEntry, ...]:
    """The entries without the guids that several of them share: those identify nothing."""
    bearers: dict[str, list[ParsedEntry]] = {}
    for entry in parsed:
        bearers.setdefault(entry.id or "", []).append(entry)
    empty = {guid for guid, entries in bearers.items() if _are_different(entries)}
    return tuple(replace(entry, id=None) if entry.id in empty else entry for entry in parsed)


def sought(parsed: Sequence[ParsedEntry]) -> frozenset[Identity]:
    """Every name that any of the entries may turn out to have: what storage is asked for."""
    return frozenset(
        name
        for entry in parsed
        for name in (*identities(entry), *dated(entry), Identity("content", fingerprint(entry)))
    )


def names_in(entries: Sequence[ParsedEntry]) -> list[frozenset[Identity]]:
    """What each entry is known by, without the names that different entries of this document share.

    One whose address is shared is known by that address with its date.
    """
    named = [(entry, identities(entry)) for entry in entries]
    bearers: dict[Identity, list[ParsedEntry]] = {}
    for entry, names in named:
        for name in names:
            bearers.setdefault(name, []).append(entry)
    empty = {name for name, of in bearers.items() if len(of) > 1 and _says_nothing(name, of)}
    return [_telling(entry, names, empty) for entry, names in named]


def recognise(parsed: Sequence[ParsedEntry], known: Sequence[KnownEntry]) -> list[Recognised]:
    """For each entry the stored one it is; one that several claim is whose claim is strongest.

    An entry all of whose names are those of entries found already is one of them, listed twice: it is left out.
    A sketch is the entry that it is of, and has no name to add.
    """
    ids = {one.sketch.entry_id for one in parsed if one.sketch}
    if not ids:
        return _recognised(parsed, known)
    of = {one.id: one for one in known if one.id in ids}
    read = _recognised([one for one in parsed if not one.sketch], [one for one in known if one.id not in ids])
    new = {id(one.entry): one for one in read}
    drawn = (new.get(id(one)) or (one.sketch and Recognised(one, _NONE, of[one.sketch.entry_id])) for one in parsed)
    return [one for one in drawn if one]


def _recognised(parsed: Sequence[ParsedEntry], known: Sequence[KnownEntry]) -> list[Recognised]:
    named = names_in(parsed)
    owners = _owners(parsed, named, known)
    found = {name for owner in owners.values() for name in owner.identities}
    others = {name for one in known for name in one.identities}
    recognised = []
    for place, (entry, names) in enumerate(zip(parsed, named, strict=True)):
        owner = owners.get(place)
        own = names if owner else _free(entry, names, others)
        if owner or not (_is_repeated(names, found) or _is_repeated(own, found)):
            recognised.append(Recognised(entry, own, owner))
    return recognised


def _is_repeated(names: frozenset[Identity], found: set[Identity]) -> bool:
    """Whether all that names it, its words apart, names an entry that is found already."""
    return (frozenset(name for name in names if name.kind != "content") or names) <= found


def _free(entry: ParsedEntry, names: frozenset[Identity], taken: set[Identity]) -> frozenset[Identity]:
    """Names that nobody has; where all of its own are another entry's, its words are."""
    return names if names - taken else frozenset({Identity("content", fingerprint(entry))})


def _owners(
    parsed: Sequence[ParsedEntry], named: Sequence[frozenset[Identity]], known: Sequence[KnownEntry]
) -> dict[int, KnownEntry]:
    """The stored entries by the place in the document of those that are they."""
    index: dict[Identity, list[KnownEntry]] = {}
    for candidate in known:
        for name in candidate.identities:
            index.setdefault(name, []).append(candidate)
    by_words = any(name.kind == "content" for name in index)
    own = [_with_words(entry, names) if by_words else names for entry, names in zip(parsed, named, strict=True)]
    claims = [claim for place, entry in enumerate(parsed) for claim in _claims(place, entry, own[place], index)]
    claims.sort(key=lambda claim: (*(-part for part in claim.strength), claim.place, claim.owner.id))
    found: dict[int, KnownEntry] = {}
    taken: set[int] = set()
    for claim in claims:
        if claim.place not in found and claim.owner.id not in taken:
            found[claim.place] = claim.owner
            taken.add(claim.owner.id)
    return found


def _with_words(entry: ParsedEntry, names: frozenset[Identity]) -> frozenset[Identity]:
    return names | {Identity("content", fingerprint(entry))}


def _are_different(entries: Sequence[ParsedEntry]) -> bool:
    """Whether they have several places, or several titles and dates: a corrected title alone is the same entry.

    Without dates, several titles and texts.
    """
    if len({entry.url or entry.title for entry in entries}) > 1:
        return True
    rest = {entry.published or (entry.summary, entry.content_html) for entry in entries}
    return len({entry.title for entry in entries}) > 1 and len(rest) > 1


def _says_nothing(name: Identity, bearers: Sequence[ParsedEntry]) -> bool:
    """Whether they differ: every link is the home page's, or two notices of one day have the same title."""
    if name.kind == "url":
        several = len({entry.id or entry.title for entry in bearers}) > 1
        return several and len({entry.title for entry in bearers}) > 1
    if name.kind == "title":
        several = len({entry.url or entry.id for entry in bearers}) > 1
        return several and len({(entry.summary, entry.content_html) for entry in bearers}) > 1
    return name.kind == "content" and len({entry.published for entry in bearers}) > 1


def _telling(entry: ParsedEntry, names: frozenset[Identity], empty: set[Identity]) -> frozenset[Identity]:
    left = names - empty
    if any(name.kind == "url" for name in names & empty):
        left |= dated(entry)
    return left or frozenset({Identity("content", fingerprint(entry))})


def _claims(
    place: int, entry: ParsedEntry, names: frozenset[Identity], index: dict[Identity, list[KnownEntry]]
) -> list[_Claim]:
    kinds: dict[int, set[str]] = {}
    owners: dict[int, KnownEntry] = {}
    for name in names:
        for owner in index.get(name, ()):
            kinds.setdefault(owner.id, set()).add(name.kind)
            owners[owner.id] = owner
    return [
        _Claim((owners[id].is_here, max(map(_STRENGTH.index, by)), len(by)), place, owners[id])
        for id, by in kinds.items()
        if not _is_another(entry, owners[id], by)
    ]


def _is_another(entry: ParsedEntry, owner: KnownEntry, by: set[str]) -> bool:
    """A name used again: all but the guid, or all but the address, is new, and it is no correction of the title.

    A correction keeps the date, or most of the words. Where a date is missing, one word in common is enough.
    """
    other = {"guid": "url", "url": "guid"}.get("".join(by))
    has_other = other and (entry.url if other == "url" else entry.id)
    if not owner.is_here or not has_other or not any(name.kind == other for name in owner.identities):
        return False
    if any(name.kind == other for name in identities(entry) & owner.identities):
        return False
    if not entry.title or not owner.title:
        return False
    ours, theirs = _words(entry.title), _words(owner.title)
    common = len(ours & theirs)
    if not entry.published or not owner.published:
        return not common
    return entry.published > owner.published + _LATER and common * 2 <= min(len(ours), len(theirs))


def _words(title: str) -> set[str]:
    """Words that say something; all of them where a title has no others."""
    words = regex.findall(r"[\p{L}\p{M}]+|\d+", title.casefold())
    return {word for word in words if len(word) > 3 or word.isdigit()} or set(words)
