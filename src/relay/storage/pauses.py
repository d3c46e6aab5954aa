"""Hosts that said that relay asks too often, and until when they are left alone."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from relay.core.polling.pause import Pause
from relay.storage.tables.intake import pauses


def running(tx: Connection, now: datetime) -> dict[str, Pause]:
    """By name, those that are not over at ``now``."""
    found = tx.execute(select(pauses).where(pauses.c.until > now))
    return {row.name: Pause(row.until, row.refusals, row.why) for row in found}


def get(tx: Connection, name: str) -> Pause | None:
    """The last pause of this name, over or not; none once it answered."""
    row = tx.execute(select(pauses).where(pauses.c.name == name)).first()
    return Pause(row.until, row.refusals, row.why) if row else None


def are_any(tx: Connection) -> bool:
    """Whether there is any, over or not: most often there is none."""
    return tx.execute(select(pauses.c.name).limit(1)).first() is not None


def remembered(tx: Connection, names: Collection[str]) -> set[str]:
    """Those of these names of which there is a pause, over or not."""
    return set(tx.execute(select(pauses.c.name).where(pauses.c.name.in_(names))).scalars())


def put(tx: Connection, name: str, pause: Pause) -> None:
    """Leave ``name`` alone."""
    tx.execute(delete(pauses).where(pauses.c.name == name))
    tx.execute(insert(pauses).values(name=name, until=pause.until, refusals=pause.refusals, why=pause.why))


def forget(tx: Connection, names: Iterable[str], now: datetime) -> None:
    """They answered: the next refusal is a first one again. A pause of a host that still runs is kept."""
    over = (pauses.c.until <= now) | pauses.c.name.startswith("*.")
    tx.execute(delete(pauses).where(pauses.c.name.in_(tuple(names)), over))
