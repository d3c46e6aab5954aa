"""One daemon a SQLite file: it holds a lock beside the file for as long as its process lives."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from relay.storage.database import Database, DatabaseUnusableError

if sys.platform != "win32":  # there, nothing tells two daemons apart
    import fcntl

IN_USE = "the database {} is in use by another relay daemon: end that one first, or give this one another"


@contextmanager
def owned(db: Database) -> Iterator[None]:
    """Hold the database; a ``DatabaseUnusableError`` where another process does. PostgreSQL is for several."""
    file = file_of(db)
    if file is None:
        yield
        return
    with held(file):
        yield


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the SQLite file. The system lets go with the process, however that ends: no lock is left behind."""
    if sys.platform == "win32":
        yield
        return
    lock = os.open(file.with_name(f"{file.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise DatabaseUnusableError(IN_USE.format(file)) from error
    try:
        yield
    finally:
        os.close(lock)


def file_of(db: Database) -> Path | None:
    """The file of a SQLite database; ``None`` on PostgreSQL."""
    url = db.engine.url
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
