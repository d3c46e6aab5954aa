"""What a document says that storage does not know yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

import regex

from relay.core.document import ParsedEntry
from relay.core.entry import Identity, KnownEntry, fingerprint, identities
from relay.core.source import Backlog, Rule, Source

FLOOD = 10
"""More new entries than this in one fetch, and most of the document: the source has moved, it is not news."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry to store: ``new``, ``edited``, or ``same`` (then only its names are remembered)."""

    kind: Literal["new", "edited", "same"]
    entry: ParsedEntry
    identities: frozenset[Identity]
    fingerprint: str
    known_id: int | None = None
    is_backlog: bool = False
    """Recorded and published, but nobody is asked to announce it."""


def decide(
    parsed: Sequence[ParsedEntry], known: Sequence[KnownEntry], source: Source, *, is_first: bool
) -> tuple[Change, ...]:
    """The changes a document brings, oldest first; entries that the source's rules leave out are not among them."""
    wanted = [entry for entry in trustworthy(parsed) if left_out(entry, source) is None]
    names = _names(wanted)
    changes = _once([_change(*found) for found in zip(wanted, names, _known_as(names, known), strict=True)])
    new = [change for change in changes if change.kind == "new"]
    flood = not is_first and len(new) > FLOOD and len(new) * 2 > len(wanted)
    offered = _offered(new, source.backlog) if is_first else set() if flood else {id(change) for change in new}
    changes.reverse()  # documents begin with their newest: so it stays where nothing is dated
    ordered = sorted(changes, key=_age)
    return tuple(replace(change, is_backlog=change.kind == "new" and id(change) not in offered) for change in ordered)


def trustworthy(parsed: Sequence[ParsedEntry]) -> tuple[ParsedEntry, ...]:
    """The entries without the guids that several of them share: those identify nothing."""
    bearers: dict[str, list[ParsedEntry]] = {}
    for entry in parsed:
        bearers.setdefault(entry.id or "", []).append(entry)
    empty = {guid for guid, entries in bearers.items() if _are_different(entries)}
    return tuple(replace(entry, id=None) if entry.id in empty else entry for entry in parsed)


def _are_different(entries: Sequence[ParsedEntry]) -> bool:
    """Whether they have several places, or several titles and dates: a corrected title alone is the same entry."""
    if len({entry.url or entry.title for entry in entries}) > 1:
        return True
    return len({entry.title for entry in entries}) > 1 and len({entry.published for entry in entries}) > 1


def left_out(entry: ParsedEntry, source: Source) -> str | None:
    """Why the source's ``keep`` and ``drop`` leave this entry out; ``None`` when they do not."""
    for rule in source.drop:
        if _matches(entry, rule):
            return f"drop: {rule.field} {rule.operator} {rule.operand}"
    if source.keep and not any(_matches(entry, rule) for rule in source.keep):
        return "keep: no rule matches"
    return None


def _change(entry: ParsedEntry, names: frozenset[Identity], match: KnownEntry | None) -> Change:
    seen = fingerprint(entry)
    if match is None:
        return Change("new", entry, names, seen)
    return Change("same" if match.fingerprint == seen else "edited", entry, names, seen, known_id=match.id)


def _names(entries: Sequence[ParsedEntry]) -> list[frozenset[Identity]]:
    """What each entry is known by, without the names that different entries of this document share."""
    named = [(entry, identities(entry)) for entry in entries]
    bearers: dict[Identity, list[ParsedEntry]] = {}
    for entry, names in named:
        for name in names:
            bearers.setdefault(name, []).append(entry)
    empty = {name for name, of in bearers.items() if len(of) > 1 and _says_nothing(name, of)}
    return [names - empty or frozenset({Identity("content", fingerprint(entry))}) for entry, names in named]


def _says_nothing(name: Identity, bearers: Sequence[ParsedEntry]) -> bool:
    """Whether they differ: every link is the home page's, or two notices of one day have the same title."""
    if name.kind == "url":
        several = len({entry.id or entry.title for entry in bearers}) > 1
        return several and len({entry.title for entry in bearers}) > 1
    if name.kind == "title":
        several = len({entry.url or entry.id for entry in bearers}) > 1
        return several and len({(entry.summary, entry.content_html) for entry in bearers}) > 1
    return False


def _known_as(named: Sequence[frozenset[Identity]], known: Sequence[KnownEntry]) -> list[KnownEntry | None]:
    """For each set of names the stored entry it belongs to; one that several claim is whose claim is strongest."""
    index: dict[Identity, list[KnownEntry]] = {}
    for candidate in known:
        for name in candidate.identities:
            index.setdefault(name, []).append(candidate)
    claims: dict[int, tuple[int, int, KnownEntry]] = {}
    for place, names in enumerate(named):
        found = [(_strength(name), -owner.id, owner) for name in names for owner in index.get(name, ())]
        if not found:
            continue
        strength, _, owner = max(found, key=lambda claim: claim[:2])
        if owner.id not in claims or claims[owner.id][0] < strength:
            claims[owner.id] = (strength, place, owner)
    owners = {place: owner for _, place, owner in claims.values()}
    return [owners.get(place) for place in range(len(named))]


def _strength(name: Identity) -> int:
    return ("content", "title", "url", "guid").index(name.kind)


def _once(changes: Sequence[Change]) -> list[Change]:
    """Each entry once, though a document may list it twice; better under the name by which it is known."""
    kept: list[Change] = []
    names: set[Identity] = set()
    for change in sorted(changes, key=lambda change: change.known_id is None):
        if not change.identities & names:
            kept.append(change)
        names |= change.identities
    return kept


def _offered(new: Sequence[Change], backlog: Backlog) -> set[int]:
    """Which entries of a first poll editors are asked about."""
    if backlog.kind == "latest":
        return {id(change) for change in sorted(new, key=_age, reverse=True)[: backlog.count]}
    if backlog.kind == "since" and backlog.moment:
        return {id(change) for change in new if _age(change) >= backlog.moment}
    return set()


def _age(change: Change) -> datetime:
    return change.entry.published or change.entry.updated or datetime.min.replace(tzinfo=UTC)


def _matches(entry: ParsedEntry, rule: Rule) -> bool:
    values = _values(entry, rule)
    if rule.operator == "~":
        return any(regex.search(rule.operand, value) for value in values)
    return any(value.casefold() == rule.operand.casefold() for value in values)


def _values(entry: ParsedEntry, rule: Rule) -> tuple[str, ...]:
    if rule.field == "category":
        return entry.categories
    if rule.field == "author":
        return tuple(person.name for person in entry.authors)
    fields = {"title": entry.title, "summary": entry.summary, "content": entry.content_html, "url": entry.url}
    return (fields[rule.field] or "",)
