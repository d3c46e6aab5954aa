"""Entries of several sources that tell the same: all but the first are merged into it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, select, update

from relay.storage import changing
from relay.storage.tables.editorial import entries, identities

MOST = 2000
"""So many entries are looked at, the newest."""


def alone() -> ColumnElement[bool]:
    """Whether an entry is published by itself; a sum, since nearly all are: the index would lead through every row."""
    return (entries.c.merged_into + 0).is_(None)


def put(tx: Connection, id: int, into: int | None) -> None:
    """The entry tells what ``into`` tells: it is kept, and not published by itself; ``None`` parts them."""
    was = tx.execute(select(entries.c.merged_into).where(entries.c.id == id)).scalar()
    tx.execute(update(entries).where(entries.c.id == id).values(merged_into=into, changed=changing.number()))
    for first in (was, into):
        if first is not None:
            changing.mark(tx, first)  # it is shown by one source more, or by one less


def put_all(tx: Connection, from_: int, into: int) -> None:
    """All that is merged into the one is merged into the other."""
    tx.execute(update(entries).where(entries.c.merged_into == from_).values(merged_into=into))
    changing.mark(tx, into)


def into(tx: Connection, id: int) -> list[int]:
    """The entries merged into this one that their sources still show, the oldest first."""
    own = (entries.c.merged_into == id, entries.c.withdrawn_at.is_(None))
    return [*tx.execute(select(entries.c.id).where(*own).order_by(entries.c.id)).scalars()]


def told(tx: Connection, source_ids: Collection[str], since: datetime, until: datetime) -> list[int]:
    """What these sources brought that is dated between the two and is published by itself, the newest first."""
    own = (entries.c.source_id.in_(source_ids), entries.c.withdrawn_at.is_(None), alone())
    dated = select(entries.c.id).where(*own, entries.c.published.between(since, until))
    return [*tx.execute(dated.order_by(entries.c.published.desc(), entries.c.id.desc()).limit(MOST)).scalars()]


def family(tx: Connection, ids: Sequence[int]) -> list[tuple[int, int, str]]:
    """Each of these entries with itself, then with those merged into it that are shown still, and who brought those."""
    columns = select(entries.c.id, entries.c.source_id, entries.c.merged_into).order_by(entries.c.id)
    own = [(row.id, row.id, row.source_id) for row in tx.execute(columns.where(entries.c.id.in_(ids)))]
    second = columns.where(entries.c.merged_into.in_(ids), entries.c.withdrawn_at.is_(None))
    return [*own, *((row.merged_into, row.id, row.source_id) for row in tx.execute(second))]


def brought_by(source_ids: Sequence[str]) -> Select[tuple[int | None]]:
    """The entries into which one is merged that these sources brought, or show too."""
    joined = select(identities.c.entry_id).where(identities.c.source_id.in_(source_ids))
    shown = entries.c.source_id.in_(source_ids) | entries.c.id.in_(joined)
    here = (entries.c.merged_into > 0, entries.c.withdrawn_at.is_(None))  # a range: so databases use its index
    return select(entries.c.merged_into).where(*here, shown)
