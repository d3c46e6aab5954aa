"""How often something was tried under a name; of the name only a digest is stored."""

from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from relay.core.signing.waiting import DAY, Tries
from relay.storage.people import digest
from relay.storage.tables.people import tries

MOST = 10_000
"""Names that are remembered: the oldest make room. Behind each of a sign-in stands the work of a password's digest."""


def get(tx: Connection, *name: str) -> Tries | None:
    """What was tried under a name of one or more parts."""
    row = tx.execute(select(tries).where(tries.c.digest == _digest(name))).first()
    return Tries(row.amount, row.since, row.last) if row else None


def put(tx: Connection, value: Tries, *name: str) -> None:
    """Write it down, and forget what is older than anybody asks for."""
    old = tries.c.last < value.last - DAY - timedelta(hours=1)
    tx.execute(delete(tries).where((tries.c.digest == _digest(name)) | old))
    beyond = select(tries.c.digest).order_by(tries.c.last.desc(), tries.c.digest).offset(MOST - 1)
    tx.execute(delete(tries).where(tries.c.digest.in_(beyond)))
    tx.execute(insert(tries).values(digest=_digest(name), amount=value.count, since=value.since, last=value.last))


def forget(tx: Connection, *name: str) -> None:
    """Whoever got in has not erred."""
    tx.execute(delete(tries).where(tries.c.digest == _digest(name)))


def _digest(name: tuple[str, ...]) -> str:
    return digest("\0".join(name))
