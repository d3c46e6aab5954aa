"""A whole database moved into another: SQLite, once it is outgrown, into PostgreSQL, or back."""

from collections.abc import Generator
from contextlib import closing
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from relay.storage.database import Database, DatabaseUnusableError
from relay.storage.tables.every import metadata

AT_ONCE = 2000
"""Rows."""
FULL = "the database that it is to be moved to has rows already, in {table}: give it an empty one"
DIFFERS = "what was written differs from what was read, in {table}: nothing was moved, and the database is as it was"


def move(source: Database, target: Database) -> dict[str, int]:
    """Every row of every table, in one transaction of ``target``; how many rows each table has.

    Both are at the schema of this version. Nothing writes to ``source`` meanwhile, and each row is read back from
    ``target`` and compared before it is committed. A ``DatabaseUnusableError`` says why nothing was moved.
    """
    with source.write() as old, target.write() as new:
        for table in metadata.sorted_tables:
            if new.execute(select(table).limit(1)).first() is not None:
                raise DatabaseUnusableError(FULL.format(table=table.name))
        return {table.name: _moved(old, new, table) for table in metadata.sorted_tables}


def _moved(old: Connection, new: Connection, table: Table) -> int:
    number = 0
    for rows in _parts(old, table):
        new.execute(insert(table), rows)
        number += len(rows)
    _go_on_counting(new, table)
    with closing(_parts(old, table)) as read, closing(_parts(new, table)) as written:
        if any(one != other for one, other in zip_longest(read, written)):
            raise DatabaseUnusableError(DIFFERS.format(table=table.name))
    return number


def _parts(tx: Connection, table: Table) -> Generator[list[dict[str, Any]], None, None]:
    """The rows in the order of their key, some at a time; what a database calls equal may be sorted in two ways."""
    own = tuple(table.primary_key.columns)
    order = [column.collate("C") if _is_text_of_postgresql(tx, column) else column for column in own]
    with tx.execute(select(table).order_by(*order), execution_options={"yield_per": AT_ONCE}) as found:
        for rows in found.mappings().partitions():
            yield [dict(row) for row in rows]


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
