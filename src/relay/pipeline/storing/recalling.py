"""Of what is new in a source, what another tool has posted already: it is published, and announced by nobody."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from sqlalchemy import Connection

from relay.core.entry import KnownEntry
from relay.core.identity import posted
from relay.core.identity.changes import Change
from relay.core.identity.posted import Mark
from relay.core.source import Source
from relay.storage import posted as stored

_FRESH = frozenset({"new", "shared"})


def recall(
    tx: Connection, source: Source, changes: Sequence[Change], known: Sequence[KnownEntry], *, is_first: bool
) -> tuple[Change, ...]:
    """The changes, with the reason for which nobody announces those that were posted elsewhere.

    Guids and addresses count for ever. Titles, and the moment up to which all was posted, only for what a source shows
    at first: later the same title is other news, and so is what comes under a name that others have too.
    """
    if not any(change.kind in _FRESH for change in changes) or not stored.is_any(tx):
        return tuple(changes)
    taken = frozenset(name.value for one in known if one.is_here for name in one.identities)
    values = [_values(change, taken, is_first=is_first) for change in changes]
    marks = stored.of(tx, source.id, frozenset[str]().union(*values))
    return tuple(_recalled(change, own, marks, is_first=is_first) for change, own in zip(changes, values, strict=True))


def remark(changes: Sequence[Change]) -> tuple[str, ...]:
    """What the poll says of it."""
    found = sum(bool(change.posted) for change in changes)
    entries = "1 entry was" if found == 1 else f"{found} entries were"
    return (f"{entries} posted by another tool already: recorded, and not announced.",) if found else ()


def _recalled(
    change: Change, own: AbstractSet[str], marks: Mapping[tuple[str, str], Mark], *, is_first: bool
) -> Change:
    mark = _mark(change, own, marks, is_first=is_first)
    return replace(change, is_backlog=True, posted=posted.words(mark)) if mark else change


def _mark(
    change: Change, own: AbstractSet[str], marks: Mapping[tuple[str, str], Mark], *, is_first: bool
) -> Mark | None:
    named = (marks.get(("name", value)) for value in sorted(own))
    if found := next(filter(None, named), None):
        return found
    if not is_first or not own:
        return None
    until = marks.get(("until", ""))
    if until and until.moment and posted.is_before(change.entry, until.moment):
        return until
    return marks.get(("title", posted.title_value(change.entry.title)))


def _values(change: Change, taken: AbstractSet[str], *, is_first: bool) -> frozenset[str]:
    """What it may be remembered by, if it is new: at first whatever it is called, later what it alone is called."""
    if change.kind not in _FRESH:
        return frozenset()
    if is_first:
        return posted.values(change.entry) | {posted.title_value(change.entry.title), ""}
    return frozenset(name.value for name in change.identities if name.kind in {"guid", "url"}) - taken
