"""What hubs have pushed and nobody has read yet."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from relay.core.pushing.subscription import Push
from relay.storage.tables.intake import pushes

MOST = 20
"""Of one source, waiting: a hub that pushes faster than relay reads is told to come again."""


def add(tx: Connection, source_id: str, content_type: str | None, body: bytes, now: datetime) -> bool:
    """Keep it until it is read; whether there was room."""
    count = select(func.count()).select_from(pushes).where(pushes.c.source_id == source_id)
    if tx.execute(count).scalar_one() >= MOST:
        return False
    tx.execute(insert(pushes).values(source_id=source_id, at=now, content_type=content_type, body=body))
    return True


def waiting(tx: Connection) -> list[int]:
    """The identifiers of those that wait, the oldest first."""
    return list(tx.execute(select(pushes.c.id).order_by(pushes.c.id)).scalars())


def get(tx: Connection, id: int) -> Push | None:
    """One that still waits."""
    row = tx.execute(select(pushes).where(pushes.c.id == id)).first()
    return Push(row.id, row.source_id, row.at, row.content_type, bytes(row.body)) if row else None


def drop(tx: Connection, id: int) -> bool:
    """It is read, or cannot be; whether it still waited."""
    return tx.execute(delete(pushes).where(pushes.c.id == id)).rowcount == 1
