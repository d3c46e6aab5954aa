"""Who leads, by a lease: taken and renewed by compare-and-set, on the database's clock. PostgreSQL only.

None of this waits for the writers of relay's other tables: a lease that had to could not be kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, func, select, text, update

from relay.storage.database import Database
from relay.storage.inserting import insert
from relay.storage.tables.working import leases

PATIENCE = timedelta(seconds=3)
"""How long one look may take: a database that says nothing must not be waited for longer than a lease runs."""


@dataclass(frozen=True, slots=True)
class Lease:
    """``term`` counts the times that it changed hands: whoever acts on it acts in that term or not at all."""

    name: str
    holder: str
    term: int


@contextmanager
def brief(db: Database) -> Iterator[Connection]:
    """A transaction that waits for nobody longer than ``PATIENCE``."""
    with db.engine.begin() as tx:
        limit = f"{PATIENCE / timedelta(milliseconds=1):.0f}"
        tx.execute(
            text("SELECT set_config('statement_timeout', :limit, true), set_config('lock_timeout', :limit, true)"),
            {"limit": limit},
        )
        yield tx


def take(tx: Connection, name: str, holder: str, ttl: timedelta) -> Lease | None:
    """The lease, if nobody has it: in a new term, for ``ttl`` from now on."""
    ends = func.clock_timestamp() + ttl
    new = insert(tx, leases).values(name=name, holder=holder, term=1, until=ends)
    taken = new.on_conflict_do_update(
        index_elements=[leases.c.name],
        set_={"holder": holder, "term": leases.c.term + 1, "until": ends},
        where=leases.c.until < func.clock_timestamp(),
    ).returning(leases.c.term)
    term = tx.execute(taken).scalar()
    return None if term is None else Lease(name, holder, term)


def renew(tx: Connection, lease: Lease, ttl: timedelta) -> bool:
    """Whether it still is in that hand, in that term, and not over: then it runs for ``ttl`` from now on."""
    now = func.clock_timestamp()
    own = (leases.c.name == lease.name, leases.c.holder == lease.holder, leases.c.term == lease.term)
    return tx.execute(update(leases).where(*own, leases.c.until >= now).values(until=now + ttl)).rowcount == 1


def release(tx: Connection, lease: Lease) -> None:
    """Give it back before it is over: the next one need not wait. Its term stays, so that none comes twice."""
    own = (leases.c.name == lease.name, leases.c.holder == lease.holder, leases.c.term == lease.term)
    over = func.clock_timestamp() - timedelta(milliseconds=1)
    tx.execute(update(leases).where(*own).values(until=over))


def holder(tx: Connection, name: str) -> str | None:
    """Who has it at this moment."""
    found = select(leases.c.holder).where(leases.c.name == name, leases.c.until >= func.clock_timestamp())
    return tx.execute(found).scalar()
