"""What a document says that storage does not know yet."""

from collections import Counter
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
    changes = [_change(entry, known) for entry in wanted]
    new = [change for change in _once(changes) if change.kind == "new"]
    flood = not is_first and len(new) > FLOOD and len(new) * 2 > len(wanted)
    offered = _offered(new, source.backlog) if is_first else set() if flood else {id(change) for change in new}
    ordered = sorted(_once(changes), key=_age)
    return tuple(replace(change, is_backlog=change.kind == "new" and id(change) not in offered) for change in ordered)


def trustworthy(parsed: Sequence[ParsedEntry]) -> tuple[ParsedEntry, ...]:
    """The entries without the guids that several of them share: those identify nothing."""
    uses = Counter(entry.id for entry in parsed if entry.id)
    return tuple(
        replace(entry, id=None) if entry.id and uses[entry.id] > 1 and entry.url else entry for entry in parsed
    )


def left_out(entry: ParsedEntry, source: Source) -> str | None:
    """Why the source's ``keep`` and ``drop`` leave this entry out; ``None`` when they do not."""
    for rule in source.drop:
        if _matches(entry, rule):
            return f"drop: {rule.field} {rule.operator} {rule.operand}"
    if source.keep and not any(_matches(entry, rule) for rule in source.keep):
        return "keep: no rule matches"
    return None


def _change(entry: ParsedEntry, known: Sequence[KnownEntry]) -> Change:
    names = identities(entry)
    seen = fingerprint(entry)
    match = next((candidate for candidate in known if candidate.identities & names), None)
    if match is None:
        return Change("new", entry, names, seen)
    return Change("same" if match.fingerprint == seen else "edited", entry, names, seen, known_id=match.id)


def _once(changes: Sequence[Change]) -> list[Change]:
    """Each entry once, though a document may list it twice."""
    kept: list[Change] = []
    names: set[Identity] = set()
    for change in changes:
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
