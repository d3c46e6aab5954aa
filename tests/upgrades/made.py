"""A database at an earlier schema, with rows in each of its tables: made of that schema, whatever it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Boolean, Column, Connection, DateTime, Float, Integer, LargeBinary, MetaData, Table, insert
from sqlalchemy import text as text_

from relay.core.crosspost import Draft
from relay.core.review import chain
from relay.storage import rows, schema
from relay.storage.database import Database
from relay.storage.schema import MIGRATIONS
from tests.upgrades.written import text

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
STATES = ("waiting", "sent", "rejected", "failed", "skipped")
AT_ONCE = 1000
REVISIONS = tuple(sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))
LARGE = {
    "entries",
    "identities",
    "crossposts",
    "attempts",
    "audit",
    "fetches",
    "printed",
    "findable",
    "wordings",
    "posted",
}
FEW = 1000
OWN = {"alembic_version", "compatibility"}
"""Tables that say of the schema itself."""


def make(db: Database, revision: str, amount: int) -> None:
    """An empty database at ``revision``, with ``amount`` rows in each table."""
    with db.write() as tx:
        schema._upgrade(tx, revision)
        fill(tx, revision, amount)


def fill(tx: Connection, revision: str, amount: int) -> None:
    """That many rows for each table that the database has, or ``FEW`` where no database has many."""
    for table in reflected(tx):
        number = amount if table.name in LARGE else min(amount, FEW)
        _go_on_counting(tx, table, number)
        made = _rows(tx, table, revision, number)
        while some := [*islice(made, AT_ONCE)]:
            tx.execute(insert(table), some)


def _go_on_counting(tx: Connection, table: Table, amount: int) -> None:
    """PostgreSQL gives numbers from a sequence, which rows that bring theirs along do not move."""
    if tx.dialect.name != "postgresql" or "id" not in table.columns:
        return
    if tx.execute(text_("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name}).scalar():
        tx.execute(text_(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {amount})"))


def reflected(tx: Connection) -> list[Table]:
    """The tables that there are, those that are referred to first."""
    found = MetaData()
    found.reflect(tx)
    return [table for table in found.sorted_tables if table.name not in OWN]


def _rows(tx: Connection, table: Table, revision: str, amount: int) -> Iterator[dict[str, Any]]:
    zone = UTC if tx.dialect.name == "postgresql" else None
    before = chain.START
    for number in range(1, amount + 1):
        row = {one.name: _value(table, one, revision, number, zone) for one in table.columns}
        row |= _own(table.name, number, row)
        if "hash" in row:
            before = row["hash"] = _chained(row, before)
        yield row


def _value(table: Table, column: Column[Any], revision: str, number: int, zone: tzinfo | None) -> Any:
    """Every third row has nothing where nothing may stand; a reference is to the row of the same number."""
    said = text(revision, table.name, column.name, number)
    if said is not None:
        return said
    if column.foreign_keys:
        [key] = column.foreign_keys
        return _value(key.column.table, key.column, revision, number, zone)
    if column.nullable and number % 3 == 0:
        return None
    return _plain(table, column, number, zone)


def _plain(table: Table, column: Column[Any], number: int, zone: tzinfo | None) -> Any:
    kind = column.type
    if isinstance(kind, DateTime):
        moment = NOON - timedelta(days=30, minutes=number)
        return moment.replace(tzinfo=zone)
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, Float):
        return number / 8
    if isinstance(kind, LargeBinary):
        return b"\x00\xff" + str(number).encode()
    words = f"{table.name} {column.name} é’\U0001f600 {number}"
    length = getattr(kind, "length", None) or 400
    return words if len(words) <= length else _digest(words)[:length]


def _own(table: str, number: int, row: dict[str, Any]) -> dict[str, Any]:
    """What relay could have written, where it reads it."""
    state = STATES[number % len(STATES)]
    known: dict[str, dict[str, Any]] = {
        "entries": {"source_id": "cget", "guid": f"https://cget.exemple.fr/?p={number}", "slug": f"post-{number}"},
        "identities": {"source_id": "cget", "kind": "guid", "value": _digest(f"https://cget.exemple.fr/?p={number}")},
        "crossposts": {"account": "masto", "state": state, "revision": 1, "route": 0, "attempt": 1},
        "attempts": {"outcome": "Sent", "attempt": 1},
        "audit": {"who": "anne", "means": "page", "from_state": None, "to_state": state, "revision": 1},
        "copies": {"seen_at": row.get("made_at")},
        "stops": {"lifted_at": row.get("at")},
        "users": {"role": "editor", "disabled": False},
        "fetches": {"source_id": "cget", "answer": "200"},
        "printed": {"feed": "archive"},
        "accounts": {"limits": None, "held_why": None, "held_since": None, "held_mark": None},
    }
    own = dict(known.get(table, {}))
    if table == "entries":
        own |= {name: None for name in ("withdrawn_at", "held_until", "merged_into") if name in row}
    if "words" in row and "hash" in row:
        own["words"] = None
    if table == "wordings":
        words = rows.load(row["draft"], Draft)
        own |= {"draft": chain.words(words), "digest": chain.words_digest(words)}
    if table == "crossposts":
        own |= {name: None for name in ("lease_until", "live", "wanted_at", "unseen_at") if name in row}
        own |= _sent(number) if state == "sent" else dict.fromkeys(("remote_id", "remote_url", "request"))
    return own


def _sent(number: int) -> dict[str, Any]:
    return {"remote_id": f"remote-{number}", "remote_url": f"https://sandbox.example/{number}"}


def _chained(row: dict[str, Any], before: str) -> str:
    at = row["at"] if row["at"].tzinfo else row["at"].replace(tzinfo=UTC)
    said = (row["who"], row["means"], row["subject"], row["what"], row["crosspost_id"])
    states = (row["from_state"], row["to_state"], row["revision"], row["words"])
    return chain.digest(chain.Record(row["id"], at, *said, *states), before)


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()
