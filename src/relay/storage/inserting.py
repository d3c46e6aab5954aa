"""INSERT that says what becomes of rows that are there already; of the two dialects, the one that is used is loaded."""

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table

if TYPE_CHECKING:  # 3 MB of PostgreSQL, where SQLite is all there is
    from sqlalchemy.dialects.postgresql import Insert


def insert(tx: Connection, table: Table) -> "Insert":
    """In the words of this database; what relay says of conflicts is said alike in both."""
    return _insert(tx.dialect.name, table)


def unless_there(tx: Connection, table: Table) -> "Insert":
    """The same; a row that is there already stays as it is."""
    return _unless_there(tx.dialect.name, table)


@cache
def _unless_there(dialect: str, table: Table) -> "Insert":
    return _insert(dialect, table).on_conflict_do_nothing()


def _insert(dialect: str, table: Table) -> "Insert":
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415

        return sqlite.insert(table)  # type: ignore[return-value]  # of another class, with the same words
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)
