"""Bodies that editors named: what lies over the directory of the configuration."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from relay.core.directory.handles import Body
from relay.storage import rows
from relay.storage.tables.editorial import bodies

_EVERY = select(bodies).order_by(bodies.c.id)


@dataclass(frozen=True, slots=True)
class Named:
    """A body as editors have named it, and who last did, when."""

    body: Body
    by: str
    at: datetime


def every(tx: Connection) -> dict[str, Named]:
    """All of them, by identifier."""
    return {row.id: Named(rows.load(row.body, Body), row.by, row.at) for row in tx.execute(_EVERY)}


def put(tx: Connection, body: Body, by: str, now: datetime) -> None:
    """Store one, in place of what was named under its identifier."""
    remove(tx, body.id)
    tx.execute(insert(bodies).values(id=body.id, body=rows.dump(body), by=by, at=now))


def remove(tx: Connection, id: str) -> bool:
    """Forget what was named under an identifier; whether there was anything."""
    return tx.execute(delete(bodies).where(bodies.c.id == id)).rowcount == 1
