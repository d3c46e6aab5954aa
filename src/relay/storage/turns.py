"""When each host may be asked next, where many processes ask: a row a host, on the database's clock. PostgreSQL only.

Whoever asks holds the host's row by its date: nobody else takes it before, and one that died keeps it no longer.
None of this waits for the writers of relay's other tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Interval, delete, func, select, type_coerce, update

from relay.storage.database import Database
from relay.storage.inserting import insert
from relay.storage.tables.working import turns

LONGEST = 255
"""Characters of a host that tell it from others: more than a name and a port have."""
PAST = timedelta(hours=1)
"""A turn that ended so long ago says nothing any more."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Of a host, until a moment by which it is known again."""

    host: str
    until: datetime


def take(db: Database, host: str, lasting: timedelta) -> Turn | timedelta:
    """The turn of ``host``, for ``lasting`` at most, if it is free; or else how long it will be taken yet."""
    name, until = host[:LONGEST], func.clock_timestamp() + lasting
    free = turns.c.free_at <= func.clock_timestamp()
    with _hasty(db) as tx:
        new = insert(tx, turns).values(host=name, free_at=until)
        taken = new.on_conflict_do_update(index_elements=[turns.c.host], set_={"free_at": until}, where=free)
        own = tx.execute(taken.returning(turns.c.free_at)).scalar()
        if own is not None:
            return Turn(name, own)
        left = select(type_coerce(turns.c.free_at - func.clock_timestamp(), Interval)).where(turns.c.host == name)
        return tx.execute(left).scalar() or timedelta()


def end(db: Database, turn: Turn, gap: timedelta) -> None:
    """The host is free ``gap`` from now on; where the turn was over and another's has begun, that one lasts."""
    still = (turns.c.host == turn.host, turns.c.free_at == turn.until)
    with _hasty(db) as tx:
        tx.execute(update(turns).where(*still).values(free_at=func.clock_timestamp() + gap))


@contextmanager
def _hasty(db: Database) -> Iterator[Connection]:
    """A transaction that does not wait for the disk: a server that was down for a second need not know of a turn."""
    with db.engine.begin() as tx:
        tx.exec_driver_sql("SET LOCAL synchronous_commit = off")
        yield tx


def forget(db: Database) -> None:
    """Hosts that nobody has asked for long."""
    with db.engine.begin() as tx:
        tx.execute(delete(turns).where(turns.c.free_at < func.clock_timestamp() - PAST))
