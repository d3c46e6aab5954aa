"""The last fetches of each source, for people who want to know how it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select

from relay.core.fetched import Fetch
from relay.storage import rows
from relay.storage.tables.intake import fetches

KEPT = 50
"""Fetches of a source that are remembered."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the remembered fetches: how many they are, bytes that 304s saved, and new entries."""

    fetches: int = 0
    saved: int = 0
    new: int = 0


def add(tx: Connection, source_id: str, fetch: Fetch) -> None:
    """Remember ``fetch``, and forget the oldest beyond ``KEPT``."""
    values = {
        name: getattr(fetch, name) for name in ("at", "answer", "url", "size", "saved", "seconds", "new", "edited")
    }
    tx.execute(insert(fetches).values(source_id=source_id, notes=rows.dump(fetch.notes), **values))
    own = select(fetches.c.id).where(fetches.c.source_id == source_id)
    last = tx.execute(own.order_by(fetches.c.id.desc()).offset(KEPT).limit(1)).scalar()
    if last is not None:
        tx.execute(delete(fetches).where(fetches.c.source_id == source_id, fetches.c.id <= last))


def of(tx: Connection, source_id: str) -> list[Fetch]:
    """The remembered fetches of a source, newest first."""
    found = tx.execute(select(fetches).where(fetches.c.source_id == source_id).order_by(fetches.c.id.desc()))
    return [_fetch(row) for row in found]


def latest(tx: Connection) -> dict[str, Fetch]:
    """The last fetch of every source."""
    last = select(func.max(fetches.c.id)).group_by(fetches.c.source_id)
    return {row.source_id: _fetch(row) for row in tx.execute(select(fetches).where(fetches.c.id.in_(last)))}


def latest_of(tx: Connection, source_ids: Sequence[str]) -> dict[str, Fetch]:
    """The last fetch of each of these sources."""
    last = select(func.max(fetches.c.id)).where(fetches.c.source_id.in_(source_ids)).group_by(fetches.c.source_id)
    return {row.source_id: _fetch(row) for row in tx.execute(select(fetches).where(fetches.c.id.in_(last)))}


def last_at(tx: Connection) -> datetime | None:
    """When any source was last asked."""
    return tx.execute(select(fetches.c.at).order_by(fetches.c.id.desc()).limit(1)).scalar()


def sums(tx: Connection) -> dict[str, Sums]:
    """What the remembered fetches of every source came to."""
    totals = (func.count(), func.sum(fetches.c.saved), func.sum(fetches.c.new))
    found = tx.execute(select(fetches.c.source_id, *totals).group_by(fetches.c.source_id))
    return {id: Sums(int(number), int(saved), int(new)) for id, number, saved, new in found}


def _fetch(row: Row[tuple[object, ...]]) -> Fetch:
    notes = rows.load(row.notes, tuple[str, ...])
    return Fetch(row.at, row.answer, row.url, row.size, row.saved, row.seconds, row.new, row.edited, notes)
