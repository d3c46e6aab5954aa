"""New entries of a document: all of them in one statement a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert

from relay.core.identity.changes import Change
from relay.core.pictures.candidate import Candidate
from relay.core.post import Post
from relay.storage import inserting, pictures, rows
from relay.storage.tables.editorial import entries, identities


@dataclass(frozen=True, slots=True)
class New:
    """An entry that is stored under this number, the post made of it, and the pictures that it wants.

    ``held_until`` is as ``holding`` has it. ``changed`` is the number that the change has (``changing``).
    """

    id: int
    change: Change
    post: Post
    held_until: datetime | None
    changed: int
    candidates: tuple[Candidate, ...] = ()


def put(tx: Connection, new: Sequence[New], now: datetime) -> None:
    """Store them, in this order: a name that two of them have is that of the first."""
    tx.execute(_ENTRY, [_row(one, now) for one in new])
    if names := [_named(one, kind, value) for one in new for kind, value in _names(one)]:
        # A name that the source has for another entry stays that one's.
        tx.execute(inserting.unless_there(tx, identities), names)
    pictures.put_all(tx, [(one.id, candidate) for one in new for candidate in one.candidates])


_ENTRY = insert(entries)


def _row(one: New, now: datetime) -> dict[str, object]:
    return {
        "id": one.id,
        "source_id": one.post.source_id,
        "guid": one.change.entry.id,
        "url": one.change.entry.url,
        "title": one.change.entry.title,
        "fingerprint": one.change.fingerprint,
        "first_seen": now,
        "held_until": one.held_until,
        "slug": one.post.slug,
        "published": one.post.published,
        "updated": one.post.updated,
        "changed": one.changed,
        "post": rows.dump(one.post),
    }


def _names(one: New) -> list[tuple[str, str]]:
    return sorted((name.kind, name.value) for name in one.change.identities)


def _named(one: New, kind: str, value: str) -> dict[str, object]:
    return {"source_id": one.post.source_id, "entry_id": one.id, "kind": kind, "value": value}
