"""SQLite databases of other tools, read out of memory: the file itself is never opened, nor any code in it run."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from relay.intake.importing.imported import File, Left

MAGIC = b"SQLite format 3\0"
MOST = 500_000
"""Rows of one table."""
_STEPS = 20_000
_ROUNDS = 20_000
"""A view that never ends is given up after so many rounds of steps of SQLite's machine."""


def is_database(file: File) -> bool:
    """Whether it is one, by its first bytes."""
    return file.body.startswith(MAGIC)


def tables(file: File, wanted: Sequence[str]) -> dict[str, list[dict[str, Any]]] | Left:
    """The rows of those tables that there are, each by column."""
    try:
        with closing(sqlite3.connect(":memory:")) as db:
            db.deserialize(_at_rest(file.body))
            db.execute("PRAGMA trusted_schema=OFF")
            rounds = iter(range(_ROUNDS))
            db.set_progress_handler(lambda: next(rounds, None) is None, _STEPS)
            there = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            found = {name: _rows(db, name) for name in wanted if name in there}
    except (sqlite3.Error, OverflowError, UnicodeError, ValueError) as error:
        return Left(file.name, None, f"this database cannot be read: {str(error)[:200]}")
    large = next((name for name, some in found.items() if len(some) > MOST), None)
    if large:
        return Left(file.name, None, f"its table `{large}` has more than {MOST} rows, which is more than is read")
    return found


def _rows(db: sqlite3.Connection, name: str) -> list[dict[str, Any]]:
    db.text_factory = lambda octets: octets.decode("utf-8", "replace")
    found = db.execute(f'SELECT * FROM "{name}"')  # noqa: S608  # the name is one of ours
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchmany(MOST + 1)]


def _at_rest(body: bytes) -> bytes:
    """As a database without a write-ahead log, which a database in memory cannot have."""
    return body[:18] + b"\x01\x01" + body[20:]
