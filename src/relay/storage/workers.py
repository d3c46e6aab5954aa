"""Which workers there are, as each says of itself again and again, on the database's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, func, select

from relay.storage.inserting import insert
from relay.storage.tables.working import workers

FORGOTTEN = timedelta(days=1)
"""After so long one that went without a word is shown no more."""
LATELY = timedelta(minutes=1)
"""Who was heard of within this time may well be at work."""


@dataclass(frozen=True, slots=True)
class Worker:
    """``host`` is the machine, or the container, that it works on; ``doing`` is for a person to read."""

    id: str
    host: str
    version: str
    doing: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A worker, and when it was last heard of; ``silent`` is how long that is ago."""

    worker: Worker
    started_at: datetime
    seen_at: datetime
    silent: timedelta


def beat(tx: Connection, worker: Worker) -> None:
    """It lives, and does this."""
    now = func.clock_timestamp()
    known = {"host": worker.host, "version": worker.version, "doing": worker.doing, "seen_at": now}
    new = insert(tx, workers).values(id=worker.id, started_at=now, **known)
    tx.execute(new.on_conflict_do_update(index_elements=[workers.c.id], set_=known))


def leave(tx: Connection, id: str) -> None:
    """It has ended in good order."""
    tx.execute(delete(workers).where(workers.c.id == id))


def sweep(tx: Connection) -> None:
    """Forget those that went without a word long ago."""
    tx.execute(delete(workers).where(workers.c.seen_at < func.clock_timestamp() - FORGOTTEN))


def every(tx: Connection) -> list[Seen]:
    """All that are known, the oldest first."""
    found = tx.execute(select(workers).order_by(workers.c.started_at, workers.c.id)).all()
    if not found:
        return []  # as it always is on SQLite, whose word for the time is another
    now = tx.execute(select(func.now())).scalar_one()
    return [
        Seen(Worker(row.id, row.host, row.version, row.doing), row.started_at, row.seen_at, now - row.seen_at)
        for row in found
    ]


def is_other_version(tx: Connection, version: str, within: timedelta) -> bool:
    """Whether one of another version was heard of within this time."""
    others = (workers.c.version != version, workers.c.seen_at > func.clock_timestamp() - within)
    return bool(tx.execute(select(exists().where(*others))).scalar())
