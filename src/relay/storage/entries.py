"""Entries, the names they are known by, and the posts made of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, insert, select, tuple_, update

from relay.core.changes import Change
from relay.core.entry import Entry, Identity, KnownEntry
from relay.core.post import Post
from relay.storage import rows
from relay.storage.tables import entries, identities


def known(tx: Connection, source_id: str, names: Iterable[Identity]) -> list[KnownEntry]:
    """The entries of a source that any of ``names`` fits, with every name each is known by."""
    wanted = [(name.kind, name.value) for name in names]
    if not wanted:
        return []
    own = identities.c.source_id == source_id
    matching = select(identities.c.entry_id).where(own, tuple_(identities.c.kind, identities.c.value).in_(wanted))
    found = tx.execute(
        select(entries.c.id, entries.c.fingerprint, identities.c.kind, identities.c.value)
        .join(identities, identities.c.entry_id == entries.c.id)
        .where(entries.c.id.in_(matching))
    ).all()
    named: dict[int, set[Identity]] = {}
    for row in found:
        named.setdefault(row.id, set()).add(Identity(row.kind, row.value))
    fingerprints = {row.id: row.fingerprint for row in found}
    return [KnownEntry(id, frozenset(of), fingerprints[id]) for id, of in named.items()]


def add(tx: Connection, change: Change, post: Post, now: datetime) -> int:
    """Store a new entry with its post; the identifier of the row."""
    values = {
        "source_id": post.source_id,
        "guid": change.entry.id,
        "url": change.entry.url,
        "fingerprint": change.fingerprint,
        "first_seen": now,
        "slug": post.slug,
        **_post(post),
    }
    id: int = tx.execute(insert(entries).values(values).returning(entries.c.id)).scalar_one()
    remember(tx, post.source_id, id, change.identities)
    return id


def change(tx: Connection, id: int, fingerprint: str, post: Post) -> None:
    """Store the new form of an entry."""
    tx.execute(update(entries).where(entries.c.id == id).values(fingerprint=fingerprint, **_post(post)))


def remember(tx: Connection, source_id: str, id: int, names: frozenset[Identity]) -> None:
    """Add names to an entry; names are never forgotten, so an old entry that comes back is known."""
    for name in sorted(names, key=lambda name: (name.kind, name.value)):
        own = {"source_id": source_id, "kind": name.kind, "value": name.value}
        there = select(identities.c.entry_id).filter_by(**own)
        if tx.execute(there).first() is None:
            tx.execute(insert(identities).values(entry_id=id, **own))


def get(tx: Connection, id: int) -> Entry | None:
    """One entry."""
    row = tx.execute(select(entries).where(entries.c.id == id)).first()
    return _entry(row) if row else None


def by_ids(tx: Connection, ids: Iterable[int]) -> dict[int, Entry]:
    """Entries by identifier."""
    found = tx.execute(select(entries).where(entries.c.id.in_(set(ids))))
    return {row.id: _entry(row) for row in found}


def posts(tx: Connection, source_ids: Sequence[str]) -> tuple[Post, ...]:
    """Every post of these sources, newest first."""
    own = select(entries.c.post).where(entries.c.source_id.in_(source_ids))
    found = tx.execute(own.order_by(entries.c.published.desc(), entries.c.id.desc())).scalars()
    return tuple(rows.load(text, Post) for text in found)


def recent(tx: Connection, source_ids: Sequence[str], now: datetime, within: timedelta) -> list[Post]:
    """The posts that a new one may refer to."""
    own = select(entries.c.post).where(entries.c.source_id.in_(source_ids), entries.c.published >= now - within)
    return [rows.load(text, Post) for text in tx.execute(own.order_by(entries.c.published.desc())).scalars()]


def free_slug(tx: Connection, wanted: str) -> str:
    """``wanted``, or ``wanted-2``, … where an earlier post, or the archive itself, has that name."""
    like = select(entries.c.slug).where(entries.c.slug.startswith(wanted, autoescape=True))
    taken = {"index", *tx.execute(like).scalars()}
    return next(name for number in range(1, len(taken) + 2) if (name := _numbered(wanted, number)) not in taken)


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"


def _post(post: Post) -> dict[str, object]:
    return {"published": post.published, "updated": post.updated, "post": rows.dump(post)}


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        id=row.id,
        source_id=row.source_id,
        guid=row.guid,
        url=row.url,
        fingerprint=row.fingerprint,
        first_seen=row.first_seen,
        post=rows.load(row.post, Post),
    )
