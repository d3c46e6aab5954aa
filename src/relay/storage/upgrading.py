"""A database of an earlier version brought to this one's schema, when a copy of what it was has been made."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from relay.storage import keeping
from relay.storage.database import Database, DatabaseUnusableError
from relay.storage.migrations import HEAD
from relay.storage.owning import file_of
from relay.storage.schema import migrate, pending

if sys.platform != "win32":
    import fcntl

log = logging.getLogger("relay")

FOLDER = Path("data")
"""Where copies of a PostgreSQL database go, unless another folder is named; one of a file lies beside it."""
_UPGRADE = 0x72656C6172
"""The advisory lock of whoever changes the schema on PostgreSQL; any number that nothing else in the database uses."""
UNCOPIED = (
    "the schema of the database was not changed, as no copy of it could be made first: {}. Put that right; or make a "
    "copy by other means, and then change the schema by `relay migrate --no-backup`"
)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The steps it was at, ``None`` where it was empty, and is at; the copy, if one was made."""

    before: str | None
    now: str
    copy: Path | None


def upgrade(db: Database, now: datetime, folder: Path = FOLDER, *, is_copied: bool = True) -> Upgraded:
    """Bring it up, one process at a time. Where a copy cannot be made, a ``DatabaseUnusableError`` says why."""
    if not pending(db):
        return Upgraded(*migrate(db), None)
    with _one_at_a_time(db):
        copy = _copied(db, folder, now) if is_copied else None
        try:
            return Upgraded(*migrate(db), copy)
        except DatabaseUnusableError as error:
            raise DatabaseUnusableError(_with(copy, str(error))) from error


def _copied(db: Database, folder: Path, now: datetime) -> Path | None:
    found = pending(db)
    if found is None:  # whoever was first has done it
        return None
    log.warning("the schema of the database goes from %s to %s; first it is copied", found.before, HEAD)
    try:
        copy = keeping.keep(db, found.before, folder, now)
    except DatabaseUnusableError as error:
        raise DatabaseUnusableError(UNCOPIED.format(error)) from error
    except OSError as error:
        raise DatabaseUnusableError(UNCOPIED.format(f"{error.filename}: {error.strerror or error}")) from error
    log.warning("the copy of the database as it was is %s", copy)
    return copy


def _with(copy: Path | None, said: str) -> str:
    return f"{said}. A copy of it is {copy}; the version before this one goes on with either" if copy else said


@contextmanager
def _one_at_a_time(db: Database) -> Iterator[None]:
    """Those that start together make one copy. The system, or the server, lets go with whoever dies."""
    file = file_of(db)
    if file is None:
        with _in_turn(db):
            yield
        return
    if sys.platform == "win32":
        yield
        return
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@contextmanager
def _in_turn(db: Database) -> Iterator[None]:
    """By a lock of a connection of its own, in no transaction: the server ends one that waits for a copy."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()
        connection.exec_driver_sql("SET lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({_UPGRADE})")
        yield
