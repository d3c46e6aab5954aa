"""The posts that stand around new ones: those of a feed, those of other sources, and what changed of them since."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, select, union

from relay.storage import changing, merged
from relay.storage.tables.editorial import entries, identities


@dataclass(frozen=True, slots=True)
class Written:
    """An entry, the number of its last change, and the name of its page, which is nobody else's."""

    id: int
    changed: int
    slug: str


_SINCE = select(entries.c.id, entries.c.changed, entries.c.slug).where(entries.c.changed >= bindparam("seen"))


def since(tx: Connection, seen: int) -> list[Written]:
    """What was written at the number ``seen`` and after it; where nothing was, this is another database by now."""
    return [Written(*row) for row in tx.execute(_SINCE, {"seen": seen})]


def shown(
    tx: Connection, source_ids: Sequence[str], after: datetime, most: int, among: Collection[int] | None = None
) -> list[int]:
    """The entries that these sources show, dated ``after`` or later and published by themselves, the newest first."""
    own = [entries.c.published >= after, entries.c.withdrawn_at.is_(None), merged.alone()]
    if among is None:
        own.append(entries.c.id.in_(_shown_by(source_ids, after)))
    else:
        own += [entries.c.id.in_(among), changing.is_of(source_ids)]
    return _newest(tx, select(entries.c.id).where(*own), most)


def told(tx: Connection, source_ids: Collection[str], most: int, among: Collection[int] | None = None) -> list[int]:
    """The entries that these sources brought and that are published by themselves, the newest first."""
    own = [entries.c.source_id.in_(source_ids), entries.c.withdrawn_at.is_(None), merged.alone()]
    if among is not None:
        own.append(entries.c.id.in_(among))
    return _newest(tx, select(entries.c.id).where(*own), most)


def _newest(tx: Connection, found: Select[tuple[int]], most: int) -> list[int]:
    return [*tx.execute(found.order_by(entries.c.published.desc(), entries.c.id.desc()).limit(most)).scalars()]


def _shown_by(source_ids: Sequence[str], after: datetime) -> Select[tuple[int]]:
    """Not one condition with OR, for which a database would read every entry there is."""
    own = select(entries.c.id).where(entries.c.source_id.in_(source_ids), entries.c.published >= after)
    also = select(identities.c.entry_id).where(identities.c.source_id.in_(source_ids))
    return select(union(own, also, merged.brought_by(source_ids)).subquery().c[0])
