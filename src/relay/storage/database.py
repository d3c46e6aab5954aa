"""One database, SQLite or PostgreSQL: how it is opened, read and written."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from tenacity import retry, retry_if_exception_message, stop_after_delay, wait_fixed

from relay.storage import driver, postgresql
from relay.storage.postgresql import BUSY_SECONDS, WHOLE, subject
from relay.storage.written import Written

log = logging.getLogger("relay")

_FULL = 2
"""What SQLite calls FULL: a commit is acknowledged once it is on the disk."""
_HASTY = (
    "the database cannot be opened: this build of SQLite does not wait for the disk (synchronous=FULL), so that after "
    "a power cut posts could leave twice; install another one, by `pip install pysqlite3` or with another Python"
)


class DatabaseUnusableError(Exception):
    """The database cannot be opened; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Database:
    """Transactions on an engine: ``read`` never blocks a writer, ``write`` commits at its end or not at all."""

    engine: Engine
    turn: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)
    written: Written = field(default_factory=Written, compare=False, repr=False)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, of: str | None = None) -> Iterator[Connection]:
        """A transaction that holds the write lock from its start, so that what it read is still so when it writes.

        One ``of`` a subject, as ``source:cget``, reads and writes rows of this subject and no others: on PostgreSQL it
        waits for whoever writes of the same, and for whoever names none, and all others write beside it.
        ``BESIDE``: it has no subject, and locks each row that it reads before it writes.
        """
        writing = {"relay_writes": of or WHOLE}
        with self._turn(of), self.engine.connect().execution_options(**writing) as connection, connection.begin():
            yield connection

    @contextmanager
    def _turn(self, of: str | None) -> Iterator[None]:
        """One of a process at a time is in line to write of anything, or writes; SQLite knows nothing but anything.

        On PostgreSQL one that is stopped, or cut off without a word, keeps its place for ``IDLE_SECONDS`` when it comes
        to it: with many in line nobody else would write for as many times as long. SQLite has no line: whoever waits
        there asks again and again, holds a connection, and may be passed by others until its time is over.
        """
        is_sqlite = self.engine.dialect.name == "sqlite"
        is_whole = of is None or is_sqlite
        is_in_turn = is_whole and self.turn.acquire(timeout=4 * BUSY_SECONDS if is_sqlite else BUSY_SECONDS)
        try:
            yield
        finally:
            if is_in_turn:
                self.turn.release()

    def version(self) -> int | None:
        """Another number than before once anything was committed by anyone; ``None``: PostgreSQL cannot say."""
        return self.written.version(self.engine)

    @contextmanager
    def write_unheeded(self, of: str | None = None) -> Iterator[Connection]:
        """The same as ``write``, and no loop is to wake for it."""
        with self.written.unheeded(self.engine) as has_begun, self.write(of) as tx:
            has_begun()
            yield tx

    def close(self) -> None:
        """Give every connection back."""
        self.written.close()
        self.engine.dispose()


def open_database(address: str) -> Database:
    """``address`` is ``postgresql://…`` or the path of a SQLite file, whose folder is made if it is missing."""
    if address.startswith(("postgresql:", "postgres:")):
        return Database(postgresql.engine(_postgresql(address)))
    path = Path(address)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # for nobody else's eyes: editors' sessions are in it
    except OSError as error:
        raise DatabaseUnusableError(f"the database {path} cannot be opened: {error.strerror}") from error
    engine = create_engine(f"sqlite:///{path}", module=driver.chosen(), connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def compact(db: Database) -> None:
    """Write a SQLite file anew: what was overwritten is left nowhere in it. Not where somebody works in it for long.

    What VACUUM writes stands in the write-ahead log, until that is put into the file and emptied.
    """
    if db.engine.dialect.name != "sqlite":
        return
    log.info("the database is written anew, once: that takes as long as copying it")
    connection = db.engine.raw_connection()
    try:
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            connection.cursor().execute(statement).fetchall()
    except driver.chosen().OperationalError as error:
        log.warning("the database could not be written anew, and may hold what was sealed as it was before: %s", error)
    finally:
        connection.close()


def _postgresql(address: str) -> URL:
    """Where it is no address, what the parser says may be a part of the password."""
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
    except (ValueError, ArgumentError):
        url = None
    if url is None or "@" in (url.host or ""):
        why = "its address is none: postgresql://user:password@host:port/name, with %40 for @ in a password"
        raise DatabaseUnusableError(f"the database cannot be opened: {why}")
    return url


@retry(
    retry=retry_if_exception_message(match=".*locked.*"),
    wait=wait_fixed(0.05),
    stop=stop_after_delay(BUSY_SECONDS),
    reraise=True,
)
def _configure_sqlite(connection: Any, _record: object) -> None:
    """Two processes that make the file together both want to change its journal, and that alone does not wait."""
    connection.isolation_level = None  # sqlite3 must not begin on its own: _begin_sqlite does, and says how
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-512"):
        connection.execute(f"PRAGMA {pragma}")
    if int(connection.execute("PRAGMA synchronous").fetchone()[0]) < _FULL:
        raise DatabaseUnusableError(_HASTY)


def _begin_sqlite(connection: Connection) -> None:
    """A deferred transaction that reads, then writes after another's commit, fails at once: writers begin as such."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if subject(connection) else "BEGIN")
