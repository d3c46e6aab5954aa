"""Of what is new in a source, what another tool has posted already: it is published, and announced by nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from relay.core.document import ParsedEntry
from relay.core.identity import posted
from relay.core.identity.changes import Change
from relay.core.identity.posted import Mark
from relay.core.source import Source
from relay.storage import posted as stored

_FRESH = frozenset({"new", "shared"})


def recall(tx: Connection, source: Source, changes: Sequence[Change], *, is_first: bool) -> tuple[Change, ...]:
    """The changes, with the reason for which nobody announces those that were posted elsewhere.

    Guids and addresses count for ever. Titles, and the moment up to which all was posted, only for what a source shows
    at first: later the same title is other news.
    """
    fresh = [change.entry for change in changes if change.kind in _FRESH]
    if not fresh or not stored.count(tx):
        return tuple(changes)
    known = stored.of(tx, source.id, {value for entry in fresh for value in _values(entry, is_first=is_first)})
    return tuple(_recalled(change, known, is_first=is_first) for change in changes)


def remark(changes: Sequence[Change]) -> tuple[str, ...]:
    """What the poll says of it."""
    found = sum(bool(change.posted) for change in changes)
    entries = "1 entry was" if found == 1 else f"{found} entries were"
    return (f"{entries} posted by another tool already: recorded, and not announced.",) if found else ()


def _recalled(change: Change, known: Mapping[tuple[str, str], Mark], *, is_first: bool) -> Change:
    mark = _mark(change.entry, known, is_first=is_first) if change.kind in _FRESH else None
    return replace(change, is_backlog=True, posted=posted.words(mark)) if mark else change


def _mark(entry: ParsedEntry, known: Mapping[tuple[str, str], Mark], *, is_first: bool) -> Mark | None:
    named = (known.get(("name", value)) for value in sorted(posted.values(entry)))
    if found := next(filter(None, named), None):
        return found
    if not is_first:
        return None
    until = known.get(("until", ""))
    if until and until.moment and posted.is_before(entry, until.moment):
        return until
    return known.get(("title", posted.title_value(entry.title)))


def _values(entry: ParsedEntry, *, is_first: bool) -> frozenset[str]:
    return posted.values(entry) | ({posted.title_value(entry.title), ""} if is_first else set())
