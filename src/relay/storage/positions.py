"""How far each hook has been told of what the journal says, and what it is to be told next.

The journal is the outbox: a line stands in it in the transaction that made the change, and lines have no gaps.
"""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from relay.core.programs.hook import Position
from relay.core.programs.notice import Told
from relay.core.review.chain import Record
from relay.storage.tables.editorial import entries
from relay.storage.tables.programs import positions
from relay.storage.tables.review import audit, crossposts


def get(tx: Connection, hook: str) -> Position | None:
    """How far this one is; ``None`` for one that is new."""
    row = tx.execute(select(positions).where(positions.c.hook == hook)).mappings().first()
    return Position(**row) if row else None


def every(tx: Connection) -> dict[str, Position]:
    """All of them, by hook."""
    return {row["hook"]: Position(**row) for row in tx.execute(select(positions)).mappings()}


def put(tx: Connection, position: Position) -> None:
    """Store it, whatever was there."""
    tx.execute(delete(positions).where(positions.c.hook == position.hook))
    tx.execute(insert(positions).values(**asdict(position)))


def replace(tx: Connection, old: Position, new: Position) -> bool:
    """Store ``new`` if the row still is as ``old``; whether it was."""
    unchanged = (getattr(positions.c, name) == value for name, value in asdict(old).items())
    return tx.execute(update(positions).where(*unchanged).values(**asdict(new))).rowcount == 1


def forget(tx: Connection, but: Collection[str]) -> None:
    """Those that are no longer configured; one that comes back is told from then on."""
    tx.execute(delete(positions).where(positions.c.hook.not_in(but)))


def last(tx: Connection) -> int:
    """The newest line of the journal; 0 while there is none."""
    return int(tx.execute(select(func.coalesce(func.max(audit.c.id), 0))).scalar_one())


def before(tx: Connection, moment: datetime) -> int:
    """The last line that was written before ``moment``, or at it."""
    older = select(func.coalesce(func.max(audit.c.id), 0)).where(audit.c.at <= moment)
    return int(tx.execute(older).scalar_one())


def after(tx: Connection, seen: int, most: int) -> list[Told]:
    """The next lines, the oldest first, each with what it is about."""
    return [_told(row) for row in tx.execute(_lines().where(audit.c.id > seen).order_by(audit.c.id).limit(most))]


def _lines() -> Select[Any]:
    about = audit.outerjoin(crossposts, crossposts.c.id == audit.c.crosspost_id)
    about = about.outerjoin(entries, entries.c.id == crossposts.c.entry_id)
    beside = (crossposts.c.account, crossposts.c.remote_url, crossposts.c.entry_id, entries.c.title, entries.c.url)
    return select(audit, *beside).select_from(about)


def _told(row: Row[Any]) -> Told:
    moved = (row.crosspost_id, row.from_state, row.to_state, row.revision, row.words)
    record = Record(row.id, row.at, row.who, row.means, row.subject, row.what, *moved)
    return Told(record, row.account or "", row.entry_id, row.title, row.url, row.remote_url)
