"""The emergency stop: a row that is in force as long as nobody has lifted it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from relay.storage.tables.review import stops


@dataclass(frozen=True, slots=True)
class Stop:
    """Who has stopped everything, when, and why."""

    who: str
    at: datetime
    why: str


def in_force(tx: Connection) -> Stop | None:
    """The stop that holds everything, if there is one."""
    row = tx.execute(select(stops).where(stops.c.lifted_at.is_(None)).limit(1)).first()
    return Stop(row.who, row.at, row.why) if row else None


def begin(tx: Connection, stop: Stop) -> None:
    """It is in force from the moment at which this is committed."""
    tx.execute(insert(stops).values(who=stop.who, at=stop.at, why=stop.why))


def lift(tx: Connection, who: str, at: datetime) -> None:
    """Everything may leave again."""
    tx.execute(update(stops).where(stops.c.lifted_at.is_(None)).values(lifted_by=who, lifted_at=at))
