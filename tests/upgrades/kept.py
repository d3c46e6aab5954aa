"""What a database holds, in a few words: whether two states of it hold the same, whatever columns were added."""

from dataclasses import dataclass
from hashlib import sha256

import msgspec
from sqlalchemy import Column, Connection, Table, select

from relay.storage.database import Database
from tests.upgrades.made import reflected

AT_ONCE = 2000
CHANGED = {
    ("sources", "0001"): {
        "etag",
        "last_modified",
        "polled_at",
        "succeeded_at",
        "failures",
        "answer",
        "reason",
        "max_age",
    },
}
"""Columns that a step has made into others: what has become of their values is asked by tests of their own."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Of each table: its columns that stay, how many rows it has, and a digest of all of them in the order of its key."""

    tables: dict[str, tuple[tuple[str, ...], int, str]]


def kept(db: Database, revision: str) -> Kept:
    """What must be there after the schema was changed."""
    with db.read() as tx:
        found = {one.name: (_staying(one, revision), one) for one in reflected(tx)}
        return Kept({name: (columns, *_digest(tx, table, columns)) for name, (columns, table) in found.items()})


def lost(db: Database, before: Kept) -> list[str]:
    """What is not as it was, in a sentence each."""
    with db.read() as tx:
        now = {table.name: table for table in reflected(tx)}
        return [said for name, was in before.tables.items() if (said := _lost(tx, name, now.get(name), was))]


def _lost(tx: Connection, name: str, found: Table | None, was: tuple[tuple[str, ...], int, str]) -> str:
    if found is None:
        return f"{name} is gone"
    if missing := set(was[0]) - set(found.columns.keys()):
        return f"{name} has lost {', '.join(sorted(missing))}"
    number, digest = _digest(tx, found, was[0])
    if number != was[1]:
        return f"{name} had {was[1]} rows and has {number}"
    return "" if digest == was[2] else f"{name} has other values"


def _staying(table: Table, revision: str) -> tuple[str, ...]:
    gone = CHANGED.get((table.name, revision), set())
    return tuple(one.name for one in table.columns if one.name not in gone)


def _digest(tx: Connection, table: Table, columns: tuple[str, ...]) -> tuple[int, str]:
    number, digest = 0, sha256()
    wanted: list[Column[object]] = [table.c[name] for name in columns]
    own = select(*wanted).order_by(*table.primary_key.columns)
    with tx.execute(own, execution_options={"yield_per": AT_ONCE}) as rows:
        for some in rows.partitions():
            number += len(some)
            digest.update(msgspec.json.encode([tuple(row) for row in some]))
    return number, digest.hexdigest()
