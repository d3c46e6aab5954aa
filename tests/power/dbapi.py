"""Python's DB-API over apsw, as much of it as SQLAlchemy and relay ask of the module ``sqlite3``."""

from collections.abc import Callable, Iterable, Sequence
from threading import RLock
from typing import Any

import apsw

from tests.power.record import Committed, Committing, Record
from tests.power.rows import digest
from tests.power.vfs import NAME, Recording

Row = tuple[Any, ...]


class Error(Exception):
    """As the DB-API has it."""


class OperationalError(Error):
    """As the DB-API has it."""


class IntegrityError(Error):
    """As the DB-API has it."""


class Module:
    """In the place of ``sqlite3``: every connection is recorded, and has ``synchronous`` as a plant wants it.

    It ``lies`` when it is asked for that, so that relay begins all the same.
    """

    paramstyle, apilevel, threadsafety = "qmark", "2.0", 3
    sqlite_version = apsw.sqlite_lib_version()
    sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))
    Error, DatabaseError, OperationalError, IntegrityError = Error, Error, OperationalError, IntegrityError
    Binary = bytes

    def __init__(self, record: Record, synchronous: str = "FULL", *, lies: bool = False) -> None:
        self.record, self.synchronous, self.lies, self.turn = record, synchronous, lies, RLock()
        self._vfs = Recording(record)

    def connect(self, file: str, timeout: float = 5, **_: object) -> "Connection":
        return Connection(self, file, timeout)


class Connection:
    """Who begins to write has the turn until the commit is written down with what it made of the database."""

    isolation_level: str | None = None

    def __init__(self, module: Module, file: str, timeout: float) -> None:
        self._module = module
        self._writes = False
        self.apsw = apsw.Connection(file, vfs=NAME)
        self.apsw.set_busy_timeout(int(timeout * 1000))

    def cursor(self) -> "Cursor":
        return Cursor(self)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> "Cursor":
        return self.cursor().execute(statement, values)

    def create_function(self, name: str, arity: int, made: Callable[..., Any], *, deterministic: bool = False) -> None:
        self.apsw.create_scalar_function(name, made, arity, deterministic=deterministic)

    def begin(self, statement: str) -> None:
        if statement == "BEGIN IMMEDIATE":
            self._module.turn.acquire()
            self._writes = True
        self.apsw.execute(statement)

    def commit(self) -> None:
        events = self._module.record.events
        if self._writes:
            events.append(Committing())
        self._end("COMMIT")
        if self._writes:
            events.append(Committed(digest(self.apsw.execute)))
            self._let_go()

    def rollback(self) -> None:
        self._end("ROLLBACK")
        self._let_go()

    def close(self) -> None:
        self.apsw.close()

    def adjusted(self, statement: str) -> str:
        if statement == "PRAGMA synchronous" and self._module.lies:
            return "SELECT 2"
        return f"PRAGMA synchronous={self._module.synchronous}" if "synchronous=" in statement else statement

    def _end(self, how: str) -> None:
        if self.apsw.in_transaction:
            self.apsw.execute(how)

    def _let_go(self) -> None:
        if self._writes:
            self._writes = False
            self._module.turn.release()


class Cursor:
    """Rows are all fetched at once; an error is the DB-API's."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.description: Row | None = None
        self.rowcount = -1
        self.lastrowid = 0
        self._rows: list[Row] = []

    def execute(self, statement: str, values: Sequence[Any] = ()) -> "Cursor":
        try:
            if statement.startswith("BEGIN"):
                self.connection.begin(statement)
            else:
                self._run(self.connection.adjusted(statement), values)
        except apsw.ConstraintError as error:
            raise IntegrityError(str(error)) from error
        except apsw.Error as error:
            raise OperationalError(str(error)) from error
        return self

    def executemany(self, statement: str, every: Iterable[Sequence[Any]]) -> "Cursor":
        changed = 0
        for values in every:
            changed += self.execute(statement, values).rowcount
        self.rowcount = changed
        return self

    def _run(self, statement: str, values: Sequence[Any]) -> None:
        below, own = self.connection.apsw.cursor(), self.connection.apsw
        below.exec_trace = self._described
        before = own.total_changes()
        self._rows = list(below.execute(statement, tuple(values)))
        self.rowcount = -1 if self.description else own.changes() if own.total_changes() > before else 0
        self.lastrowid = own.last_insert_rowid()

    def _described(self, below: apsw.Cursor, _statement: str, _values: object) -> bool:
        self.description = (
            tuple((name, None, None, None, None, None, None) for name, _ in below.get_description()) or None
        )
        return True

    def fetchone(self) -> Row | None:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[Row]:
        some, self._rows = self._rows[:size], self._rows[size:]
        return some

    def fetchall(self) -> list[Row]:
        some, self._rows = self._rows, []
        return some

    def close(self) -> None:
        self._rows = []
