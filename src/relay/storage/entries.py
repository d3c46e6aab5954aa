"""Entries, the names they are known by, and the posts made of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Integer, Row, bindparam, insert, select, tuple_, union_all, update

from relay.core.entry import Entry, Identity, KnownEntry
from relay.core.post import Post
from relay.storage import changing, merged, numbers, rows
from relay.storage.tables.editorial import entries, identities

Value = TypeVar("Value")

AT_ONCE = 5000
_WHAT_IS_KNOWN = (
    entries.c.id,
    entries.c.source_id,
    entries.c.title,
    entries.c.fingerprint,
    entries.c.published,
    entries.c.revisions,
    entries.c.withdrawn_at,
)
_AMONG = bindparam("ids", type_=Integer, expanding=True)
_ENTRIES_AMONG = select(*_WHAT_IS_KNOWN).where(entries.c.id.in_(_AMONG))
_NAMES_AMONG = select(identities).where(identities.c.entry_id.in_(_AMONG))
_NAMED_HERE = select(identities.c.entry_id).where(
    identities.c.source_id == bindparam("own"),
    tuple_(identities.c.kind, identities.c.value).in_(bindparam("names", expanding=True)),
)
_NAMED_ANYWHERE = select(identities.c.entry_id).where(
    identities.c.kind == "url",
    identities.c.value.in_(bindparam("addresses", expanding=True)),
    identities.c.source_id.not_in(bindparam("apart", expanding=True)),
)
_NAMED = union_all(_NAMED_HERE, _NAMED_ANYWHERE)


def known(tx: Connection, source_id: str, names: Iterable[Identity], apart: Collection[str] = ()) -> list[KnownEntry]:
    """The entries that any of ``names`` fits, as ``source_id`` knows them; by its address also another source's.

    Not those of the sources ``apart``, whose entries nobody shares.
    """
    ids: set[int] = set()
    for some in _chunks(sorted({(name.kind, name.value) for name in names})):
        addresses = [value for kind, value in some if kind == "url"]
        wanted = {"own": source_id, "names": some, "addresses": addresses, "apart": [*apart]}
        ids |= {*tx.execute(_NAMED, wanted).scalars()}
    return [one for some in _chunks(sorted(ids)) for one in _known(tx, source_id, some)]


def _known(tx: Connection, source_id: str, ids: Sequence[int]) -> list[KnownEntry]:
    named: dict[int, set[Identity]] = {id: set() for id in ids}
    here: set[int] = set()
    for row in tx.execute(_NAMES_AMONG, {"ids": ids}):
        if row.source_id == source_id:
            here.add(row.entry_id)
        if row.source_id == source_id or row.kind == "url":
            named[row.entry_id].add(Identity(row.kind, row.value))
    return [
        KnownEntry(
            id=row.id,
            identities=frozenset(named[row.id]),
            fingerprint=row.fingerprint,
            title=row.title,
            published=row.published,
            revisions=row.revisions,
            is_own=row.source_id == source_id,
            is_here=row.source_id == source_id or row.id in here,
            is_withdrawn=row.withdrawn_at is not None,
        )
        for row in tx.execute(_ENTRIES_AMONG, {"ids": ids})
    ]


def numbered(tx: Connection, count: int) -> list[int]:
    """The identifiers of the next new entries."""
    return numbers.next_of(tx, entries, count)


def change(tx: Connection, id: int, fingerprint: str, post: Post, title: str | None = None) -> None:
    """Store the new form of an entry: one revision more."""
    values = {"fingerprint": fingerprint, "title": title, "revisions": entries.c.revisions + 1, **_post(post)}
    tx.execute(update(entries).where(entries.c.id == id).values(values))


def remember(tx: Connection, source_id: str, id: int, names: frozenset[Identity]) -> None:
    """Add names to an entry; names are never forgotten, so an old entry that comes back is known."""
    if _name(tx, source_id, id, names):
        changing.mark(tx, id)  # a source more shows it, and so may a feed more


def _name(tx: Connection, source_id: str, id: int, names: frozenset[Identity]) -> bool:
    wanted = sorted((name.kind, name.value) for name in names)
    own = (identities.c.source_id == source_id, tuple_(identities.c.kind, identities.c.value).in_(wanted))
    taken = {(row.kind, row.value) for row in tx.execute(select(identities.c.kind, identities.c.value).where(*own))}
    free = [(kind, value) for kind, value in wanted if (kind, value) not in taken]
    if free:
        new = [{"source_id": source_id, "entry_id": id, "kind": kind, "value": value} for kind, value in free]
        tx.execute(insert(identities), new)
    return bool(free)


def get(tx: Connection, id: int) -> Entry | None:
    """One entry."""
    row = tx.execute(select(entries).where(entries.c.id == id)).first()
    return _entry(row) if row else None


def by_ids(tx: Connection, ids: Iterable[int]) -> dict[int, Entry]:
    """Entries by identifier."""
    found = (tx.execute(select(entries).where(entries.c.id.in_(some))) for some in _chunks(sorted(set(ids))))
    return {row.id: _entry(row) for rows_ in found for row in rows_}


def sources(tx: Connection, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Which sources show each entry: first the one whose words it has, then those whose entries are merged into it."""
    found: dict[int, dict[str, None]] = {}
    for some in _chunks(sorted(set(ids))):
        family = merged.family(tx, some)
        for id, _, source_id in family:
            found.setdefault(id, {})[source_id] = None
        own: dict[int, list[str]] = {}
        shown = select(identities.c.entry_id, identities.c.source_id).distinct().order_by(identities.c.source_id)
        for row in tx.execute(shown.where(identities.c.entry_id.in_({one for _, one, _ in family}))):
            own.setdefault(row.entry_id, []).append(row.source_id)
        for id, one, _ in family:
            found[id] |= dict.fromkeys(own.get(one, ()))
    return {id: tuple(of) for id, of in found.items()}


def standing(tx: Connection, source_id: str) -> set[int]:
    """The entries that this source alone has shown, and has not withdrawn."""
    others = select(identities.c.entry_id).where(identities.c.source_id != source_id)
    own = (entries.c.source_id == source_id, entries.c.withdrawn_at.is_(None), entries.c.id.not_in(others))
    return {*tx.execute(select(entries.c.id).where(*own)).scalars()}


def withdraw(tx: Connection, id: int, at: datetime | None) -> None:
    """The source has taken an entry back: it is kept, and published no more; ``None`` when it shows it again."""
    tx.execute(update(entries).where(entries.c.id == id).values(withdrawn_at=at, changed=changing.number()))


def is_withdrawn(tx: Connection, id: int) -> bool:
    """Whether its source has taken it back."""
    return tx.execute(select(entries.c.withdrawn_at).where(entries.c.id == id)).scalar() is not None


def _chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Databases take only so many values in one statement."""
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def _post(post: Post) -> dict[str, object]:
    said = {"published": post.published, "updated": post.updated, "post": rows.dump(post)}
    return {**said, "changed": changing.number()}


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        id=row.id,
        source_id=row.source_id,
        guid=row.guid,
        url=row.url,
        fingerprint=row.fingerprint,
        first_seen=row.first_seen,
        post=rows.load(row.post, Post),
        merged_into=row.merged_into,
    )
