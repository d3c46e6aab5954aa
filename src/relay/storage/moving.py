"""A whole database moved into another: SQLite, once it is outgrown, into PostgreSQL, or back."""

from collections.abc import Generator, Iterator
from contextlib import closing
from hashlib import sha256
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Table, func, insert, select, text

from relay.storage.database import Database, DatabaseUnusableError
from relay.storage.tables.every import metadata
from relay.storage.tables.service import compatibility

AT_ONCE = 2000
"""Rows in memory at a time, however many there are."""
FULL = (
    "the database that it is to be moved to has rows already that are not those of this one, in {table}: give it an "
    "empty one"
)
REFUSED = "nothing was moved, for the database that it is to be moved to failed, in {table}: {cause}"
DIFFERS = "what was written differs from what was read, in {table}: nothing was moved, and the database is as it was"


class Tally:
    """How many rows went by, and a digest of them (SHA-256) in their order."""

    def __init__(self) -> None:
        """No row yet."""
        self.number = 0
        self._digest = sha256()

    def through(self, rows: Iterator[Row[Any]]) -> Iterator[Row[Any]]:
        """The same rows, counted and digested as they go by."""
        for row in rows:
            self.number += 1
            self._digest.update(msgspec.json.encode(tuple(row)))
            yield row

    def said(self) -> tuple[int, str]:
        """Both."""
        return self.number, self._digest.hexdigest()


def move(source: Database, target: Database) -> dict[str, int]:
    """Every row of every table, in one transaction of ``target``; how many rows each table has.

    Both are at the schema of this version. Nothing writes to ``source`` meanwhile, and each row is read back from
    ``target`` and compared, by a digest of all, before it is committed. What was moved whole before is compared, and
    not moved again. A ``DatabaseUnusableError`` says why nothing was moved.
    """
    with source.write() as old, target.write() as new:
        _let_wait(old, new)
        if any(new.execute(select(table).limit(1)).first() for table in tables()):
            return {table.name: _compared(tallied(old, table), new, table, FULL) for table in tables()}
        return {table.name: _moved(old, new, table) for table in tables()}


def tables() -> list[Table]:
    """All but what each database says of its own schema; those that are referred to come first."""
    return [table for table in metadata.sorted_tables if table is not compatibility]


def tallied(tx: Connection, table: Table) -> tuple[int, str]:
    """How many rows it has, and a digest of them in the order of their key, which is the same for each database."""
    tally = Tally()
    with closing(_rows(tx, table)) as rows:
        for _ in tally.through(rows):
            pass
    return tally.said()


def _moved(old: Connection, new: Connection, table: Table) -> int:
    tally = Tally()
    write = _copy if new.dialect.name == "postgresql" else _insert
    with closing(_rows(old, table)) as rows:
        write(new, table, tally.through(rows))
    _go_on_counting(new, table)
    return _compared(tally.said(), new, table, DIFFERS)


def _compared(read: tuple[int, str], new: Connection, table: Table, otherwise: str) -> int:
    if tallied(new, table) != read:
        raise DatabaseUnusableError(otherwise.format(table=table.name))
    return read[0]


def _copy(tx: Connection, table: Table, rows: Iterator[Row[Any]]) -> None:
    """By COPY, which takes rows as they come, and several times as many in a second as INSERT."""
    quote = tx.dialect.identifier_preparer.quote
    columns = ", ".join(quote(column.name) for column in table.columns)
    driver: Any = tx.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except tx.dialect.loaded_dbapi.Error as error:  # SQLAlchemy knows nothing of what is written so
        cause = str(error).strip().split("\n")[0]
        raise DatabaseUnusableError(REFUSED.format(table=table.name, cause=cause)) from error


def _insert(tx: Connection, table: Table, rows: Iterator[Row[Any]]) -> None:
    while some := [row._asdict() for row in islice(rows, AT_ONCE)]:
        tx.execute(insert(table), some)


def _rows(tx: Connection, table: Table) -> Generator[Row[Any], None, None]:
    """The rows in the order of their key, few in memory; what a database calls equal may be sorted in two ways."""
    own = tuple(table.primary_key.columns)
    order = [column.collate("C") if _is_text_of_postgresql(tx, column) else column for column in own]
    with tx.execute(select(table).order_by(*order), execution_options={"yield_per": AT_ONCE}) as found:
        yield from found


def _let_wait(*both: Connection) -> None:
    """One has nothing to do while the other works, and PostgreSQL would end it for that."""
    for tx in both:
        if tx.dialect.name == "postgresql":
            tx.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _is_text_of_postgresql(tx: Connection, column: Any) -> bool:
    """It sorts by language, where SQLite sorts by bytes."""
    return tx.dialect.name == "postgresql" and column.type.python_type is str


def _go_on_counting(tx: Connection, table: Table) -> None:
    """The next number that PostgreSQL gives comes after those that were brought along."""
    own = tuple(table.primary_key.columns)
    if tx.dialect.name != "postgresql" or table.autoincrement_column is None:
        return
    newest = tx.execute(select(func.max(own[0]))).scalar()
    if newest is not None:
        following = text("SELECT setval(pg_get_serial_sequence(:table, :column), :newest)")
        tx.execute(following, {"table": table.name, "column": own[0].name, "newest": newest})
