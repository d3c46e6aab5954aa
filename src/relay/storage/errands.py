"""What callbacks are still to be asked, or told."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from relay.core.hub.request import host
from relay.core.hub.subscriber import Errand
from relay.storage.tables.hub import errands


def put(tx: Connection, errand: Errand) -> None:
    """The last word about a callback and an address is the one that counts; its ``id`` is given here."""
    drop(tx, errand.callback, errand.address)
    tx.execute(
        insert(errands).values(
            mode=errand.mode,
            address=errand.address,
            callback=errand.callback,
            host=host(errand.callback),
            secret=errand.secret,
            lease_seconds=int(errand.lease.total_seconds()),
            not_before=errand.not_before,
            attempts=errand.attempts,
            reason=errand.reason,
        )
    )


def drop(tx: Connection, callback: str, address: str) -> None:
    """Nothing is to be asked there."""
    tx.execute(delete(errands).where(errands.c.callback == callback, errands.c.address == address))


def has(tx: Connection, callback: str, address: str) -> bool:
    """Whether something is."""
    own = (errands.c.callback == callback) & (errands.c.address == address)
    return tx.execute(select(errands.c.id).where(own)).first() is not None


def due(tx: Connection, now: datetime, most: int, of_a_host: int) -> list[Errand]:
    """Those whose time has come, the longest waiting first; of each host only so many, however many it has."""
    own = errands.c
    place = func.row_number().over(partition_by=own.host, order_by=(own.not_before, own.id)).label("place")
    placed = select(errands, place).where(own.not_before <= now).subquery()
    wanted = select(placed).where(placed.c.place <= of_a_host).order_by(placed.c.not_before, placed.c.id)
    return [_errand(row) for row in tx.execute(wanted.limit(most))]


def claim(tx: Connection, errand: Errand, until: datetime) -> None:
    """Nobody else runs it before ``until``."""
    tx.execute(update(errands).where(errands.c.id == errand.id).values(not_before=until))


def secret(tx: Connection, errand: Errand) -> str:
    """Its secret as it stands now; empty where it is no longer there."""
    return tx.execute(select(errands.c.secret).where(errands.c.id == errand.id)).scalar() or ""


def finish(tx: Connection, errand: Errand, claimed: datetime) -> bool:
    """It is done; whether it still was the last word, and nobody else has done it."""
    own = (errands.c.id == errand.id) & (errands.c.not_before == claimed)
    return tx.execute(delete(errands).where(own)).rowcount == 1


def count(tx: Connection) -> int:
    """How many there are."""
    return tx.execute(select(func.count()).select_from(errands)).scalar_one()


def count_of_host(tx: Connection, name: str) -> int:
    """How many go there."""
    return tx.execute(select(func.count()).select_from(errands).where(errands.c.host == name)).scalar_one()


def _errand(row: Row[Any]) -> Errand:
    return Errand(
        id=row.id,
        mode=row.mode,
        address=row.address,
        callback=row.callback,
        secret=row.secret,
        lease=timedelta(seconds=row.lease_seconds),
        not_before=row.not_before,
        attempts=row.attempts,
        reason=row.reason,
    )
