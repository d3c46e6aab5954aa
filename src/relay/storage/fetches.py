"""The last fetches of each source, for people who want to know how it does."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from relay.core.fetched import Fetch
from relay.storage import rows
from relay.storage.tables import fetches

KEPT = 50
"""Fetches of a source that are remembered."""


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
    return [
        Fetch(row.at, row.answer, row.url, row.size, row.saved, row.seconds, row.new, row.edited, _notes(row.notes))
        for row in found
    ]


def saved(tx: Connection, source_id: str, since: datetime) -> int:
    """Bytes that 304s have saved since then, as far as the remembered fetches go."""
    own = select(func.coalesce(func.sum(fetches.c.saved), 0))
    return int(tx.execute(own.where(fetches.c.source_id == source_id, fetches.c.at >= since)).scalar_one())


def _notes(text: str) -> tuple[str, ...]:
    return rows.load(text, tuple[str, ...])
