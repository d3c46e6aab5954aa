"""The audit of an earlier version is chained as it stands, and goes on from there."""

from datetime import UTC, datetime

from sqlalchemy import text

from relay.core.review import chain
from relay.storage import journal, ledger, rows, schema
from relay.storage.database import Database
from relay.storage.journal import Actor
from relay.storage.schema import migrate
from tests.core.things import POST, WORDS

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENTRY = text(
    "INSERT INTO entries (id, source_id, fingerprint, first_seen, slug, published, updated, post)"
    " VALUES (1, 'cget', 'print', :at, 'bilan', :at, :at, :post)"
)
CROSSPOST = text(
    "INSERT INTO crossposts (id, entry_id, account, route, state, revision, draft, approvals, attempt, note, created_at,"
    " changed_at) VALUES (1, 1, 'masto', 0, 'waiting', 1, :draft, '[]', 0, '', :at, :at)"
)
LINE = text(
    "INSERT INTO audit (id, crosspost_id, at, who, means, from_state, to_state, revision, what)"
    " VALUES (:id, 1, :at, 'anne', 'page', NULL, 'waiting', 1, :what)"
)


def test_what_is_stored_is_chained_and_goes_on(empty_db: Database) -> None:
    at = NOON if empty_db.engine.dialect.name == "postgresql" else "2026-11-24 12:00:00.000000"
    with empty_db.write() as tx:
        schema._upgrade(tx, "0008")
        tx.execute(ENTRY, {"at": at, "post": rows.dump(POST)})
        tx.execute(CROSSPOST, {"at": at, "draft": rows.dump(WORDS)})
        for id in (3, *range(5, 1505)):
            tx.execute(LINE, {"id": id, "at": at, "what": f"« {id} »"})
    migrate(empty_db)
    with empty_db.write() as tx:
        journal.note(tx, Actor("anne", "page"), "audit", "looked", NOON)
    with empty_db.read() as tx:
        lines, strays = list(ledger.lines(tx)), list(ledger.strays(tx))
    assert (chain.verify(lines).wrong, strays) == ("", [])
    assert [line["line"] for line in lines] == [3, *range(5, 1506)]
    assert (lines[0]["subject"], lines[0]["words"], lines[0]["before"]) == ("masto", None, chain.START)
