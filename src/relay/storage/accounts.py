"""How accounts stand: what their networks still let them do, what their servers take, and which are held."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from relay.core.account import Limits
from relay.core.outcome import SHUT, Allowance
from relay.core.standing import Hold, Served
from relay.storage import rows
from relay.storage.tables.accounts import accounts

_TOLD = select(accounts).where(accounts.c.limits.is_not(None))


def allowance(tx: Connection, id: str) -> Allowance | None:
    """What the network last said that the account may still do; over or not."""
    row = _row(tx, id)
    known = row is not None and row.allowance_left is not None and row.allowance_until is not None
    return Allowance(row.allowance_left, row.allowance_until) if row is not None and known else None


def is_shut(tx: Connection, id: str, now: datetime) -> bool:
    """Whether the account has asked too much, and nothing of it may be asked now."""
    known = allowance(tx, id)
    return known is not None and known.is_shut(now)


def set_allowance(tx: Connection, id: str, allowance: Allowance | None) -> None:
    """The network has said it anew; ``None`` forgets it."""
    left, until = (allowance.left, allowance.until) if allowance else (None, None)
    _put(tx, id, allowance_left=left, allowance_until=until)


def shut(tx: Connection, id: str, until: datetime) -> None:
    """The account has asked too much: nothing of it is asked before."""
    set_allowance(tx, id, Allowance(SHUT, until))


def told(tx: Connection, id: str) -> Served | None:
    """What the account's server said of itself when it was last asked."""
    row = _row(tx, id)
    if row is None or row.limits is None:
        return None
    return Served(rows.load(row.limits, Limits), row.server or "", row.fetched_at)


def set_told(tx: Connection, id: str, served: Served) -> None:
    """It was asked."""
    _put(tx, id, limits=rows.dump(served.limits), server=served.server, fetched_at=served.fetched_at)


def every_told(tx: Connection) -> dict[str, Served]:
    """By account, what each server said of itself."""
    found = tx.execute(_TOLD)
    return {row.id: Served(rows.load(row.limits, Limits), row.server or "", row.fetched_at) for row in found}


def asked(tx: Connection) -> dict[str, datetime]:
    """By account, when its server was last asked what it takes, whether or not it answered."""
    found = tx.execute(select(accounts.c.id, accounts.c.asked_at).where(accounts.c.asked_at.is_not(None)))
    return {row.id: row.asked_at for row in found}


def set_asked(tx: Connection, id: str, at: datetime) -> None:
    """It is being asked now."""
    _put(tx, id, asked_at=at)


def holds(tx: Connection) -> dict[str, Hold]:
    """By account, those that are held."""
    found = tx.execute(select(accounts).where(accounts.c.held_since.is_not(None)))
    return {row.id: Hold(row.held_why or "", row.held_since, row.held_mark or "") for row in found}


def hold(tx: Connection, id: str, hold: Hold) -> bool:
    """Hold an account; whether it was not held before. The first reason stays: it is the one that began it."""
    if id in holds(tx):
        return False
    _put(tx, id, held_why=hold.why, held_since=hold.since, held_mark=hold.mark)
    return True


def free(tx: Connection, id: str) -> bool:
    """It may be used again; whether it was held."""
    own = (accounts.c.id == id) & accounts.c.held_since.is_not(None)
    return tx.execute(update(accounts).where(own).values(held_why=None, held_since=None, held_mark=None)).rowcount == 1


def _row(tx: Connection, id: str) -> Any:
    return tx.execute(select(accounts).where(accounts.c.id == id)).first()


def _put(tx: Connection, id: str, **values: object) -> None:
    """Writers take turns: nobody adds the row between the two statements."""
    if tx.execute(update(accounts).where(accounts.c.id == id).values(**values)).rowcount == 0:
        tx.execute(insert(accounts).values(id=id, **values))
