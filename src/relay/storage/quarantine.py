"""Sources whose documents ended the process that read them."""

from collections.abc import Collection

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from relay.core.polling.quarantine import Quarantine
from relay.storage.tables.intake import quarantine

_OF = select(quarantine).where(quarantine.c.source_id == bindparam("own"))


def of(tx: Connection, source_id: str) -> Quarantine | None:
    """What is known against this source; ``None`` once a document of it was read to its end."""
    row = tx.execute(_OF, {"own": source_id}).first()
    return _quarantine(row) if row else None


def among(tx: Connection, source_ids: Collection[str]) -> set[str]:
    """Those of these sources against which something is held."""
    return set(tx.execute(select(quarantine.c.source_id).where(quarantine.c.source_id.in_(source_ids))).scalars())


def every(tx: Connection) -> dict[str, Quarantine]:
    """By source."""
    return {row.source_id: _quarantine(row) for row in tx.execute(select(quarantine))}


def put(tx: Connection, source_id: str, found: Quarantine) -> None:
    """Remember it, in the place of what was known before."""
    release(tx, source_id)
    values = {"digest": found.digest, "strikes": found.strikes, "why": found.why, "at": found.at}
    tx.execute(insert(quarantine).values(source_id=source_id, **values))


def release(tx: Connection, source_id: str) -> None:
    """Nothing is held against this source any more."""
    tx.execute(delete(quarantine).where(quarantine.c.source_id == source_id))


def _quarantine(row: Row[tuple[object, ...]]) -> Quarantine:
    return Quarantine(row.digest, row.strikes, row.why, row.at)
