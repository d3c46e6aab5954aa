"""The last fetches of each source, for people who want to know how it does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select

from relay.core.fetched import Fetch
from relay.storage import rows
from relay.storage.tables.intake import fetches

KEPT = 50
"""Fetches of a source that are remembered."""
SWEPT = 16
"""Fetches of a source after which those beyond are forgotten, one time with another."""
_INSERT = insert(fetches)


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the remembered fetches: how many they are, bytes that 304s saved, and new entries."""

    fetches: int = 0
    saved: int = 0
    new: int = 0


def add(tx: Connection, source_id: str, fetch: Fetch) -> None:
    """Remember ``fetch``, and now and then forget the oldest beyond ``KEPT``."""
    add_all(tx, [(source_id, fetch)])


def add_all(tx: Connection, some: Sequence[tuple[str, Fetch]]) -> None:
    """The same of several, each of its source."""
    if some:
        tx.execute(_INSERT, [_values(source_id, fetch) for source_id, fetch in some])
    swept = {source_id for source_id, fetch in some if _is_swept(source_id, fetch.at)}
    if swept:
        _sweep(tx, swept)


def _values(source_id: str, fetch: Fetch) -> dict[str, object]:
    return {
        "source_id": source_id,
        "at": fetch.at,
        "answer": fetch.answer,
        "url": fetch.url,
        "size": fetch.size,
        "saved": fetch.saved,
        "seconds": fetch.seconds,
        "new": fetch.new,
        "edited": fetch.edited,
        "notes": rows.dump(fetch.notes),
    }


def _is_swept(source_id: str, at: datetime) -> bool:
    """By chance for whoever looks: no poll has to read how many there are."""
    return crc32(f"{source_id} {at.isoformat()}".encode()) % SWEPT == 0


_OWN = fetches.c.source_id == bindparam("own")
_FIRST = select(fetches.c.id).where(_OWN).order_by(fetches.c.id.desc()).limit(1).offset(KEPT).scalar_subquery()
_BEYOND = delete(fetches).where(_OWN, fetches.c.id <= _FIRST)


def _sweep(tx: Connection, source_ids: Collection[str]) -> None:
    tx.execute(_BEYOND, [{"own": id} for id in sorted(source_ids)])


def of(tx: Connection, source_id: str) -> list[Fetch]:
    """The last ``KEPT`` fetches of a source, newest first."""
    own = select(fetches).where(fetches.c.source_id == source_id)
    return [_fetch(row) for row in tx.execute(own.order_by(fetches.c.id.desc()).limit(KEPT))]


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
