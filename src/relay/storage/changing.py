"""Which entries changed: every write that a reader can see gives its entry the next number.

Writers take turns, so numbers are given in the order in which they can be read: who has seen one has seen all below.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, func, select, update

from relay.core.post import Post
from relay.storage import rows
from relay.storage.tables.editorial import entries, identities

AT_ONCE = 500
_HEAD = select(func.max(entries.c.changed))
_second = entries.alias("second")


def number() -> ScalarSelect[int]:
    """The next number, for a row that is being written."""
    other = entries.alias("other")
    return select(func.coalesce(func.max(other.c.changed), 0) + 1).scalar_subquery()


def mark(tx: Connection, id: int) -> None:
    """Readers see something else of this entry, or in another feed."""
    tx.execute(update(entries).where(entries.c.id == id).values(changed=number()))


def head(tx: Connection) -> int:
    """The latest number."""
    return tx.execute(_HEAD).scalar() or 0


def since(tx: Connection, seen: int, looked_at: datetime | None, now: datetime) -> list[int]:
    """The entries that changed after the number ``seen``, and those whose hold ran out after ``looked_at``."""
    found = {*tx.execute(select(entries.c.id).where(entries.c.changed > seen)).scalars()}
    if looked_at:  # what ran out at that very moment was seen then
        out = (entries.c.held_until > looked_at, entries.c.held_until <= now)
        found |= {*tx.execute(select(entries.c.id).where(*out)).scalars()}
    return sorted(found)


def ids(tx: Connection) -> Iterator[list[int]]:
    """Every entry, some at once."""
    last = 0
    while some := [*tx.execute(_after(last)).scalars()]:
        yield some
        last = some[-1]


def shown(tx: Connection, among: Collection[int], source_ids: Sequence[str], now: datetime) -> list[tuple[int, Post]]:
    """Those of these entries that one of the sources shows, that are published by themselves, and not held."""
    out = entries.c.held_until.is_(None) | (entries.c.held_until <= now)
    here = (entries.c.withdrawn_at.is_(None), entries.c.merged_into.is_(None), out)
    own = select(entries.c.id, entries.c.post).where(entries.c.id.in_(among), *here, is_of(source_ids))
    return [(row.id, rows.load(row.post, Post)) for row in tx.execute(own.order_by(entries.c.id))]


def _after(last: int) -> Select[tuple[int]]:
    return select(entries.c.id).where(entries.c.id > last).order_by(entries.c.id).limit(AT_ONCE)


def is_of(source_ids: Sequence[str]) -> ColumnElement[bool]:
    """Asked of each entry alone: a list of all that the sources show would grow with what is stored."""
    also = select(identities.c.entry_id).where(
        identities.c.entry_id == entries.c.id, identities.c.source_id.in_(source_ids)
    )
    named = select(identities.c.entry_id).where(
        identities.c.entry_id == _second.c.id, identities.c.source_id.in_(source_ids)
    )
    told = select(_second.c.id).where(
        _second.c.merged_into == entries.c.id,
        _second.c.withdrawn_at.is_(None),
        _second.c.source_id.in_(source_ids) | named.exists(),
    )
    return entries.c.source_id.in_(source_ids) | also.exists() | told.exists()
