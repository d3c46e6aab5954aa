"""A large database, made in moments: rows that relay could have written, multiplied where they lie."""

from pathlib import Path

from sqlalchemy import Connection, text

from relay.core.crosspost import State
from relay.storage.database import Database
from tests.edges.opened import migrated
from tests.pipeline.world import World, desk
from tests.upgrades.written import values

PARAGRAPH = (
    "<p>Le programme « Action cœur de ville » débute ; 222 communes y prennent part, et l’État les accompagne.</p>"
)
BODY = '"body_html":"<p>Le programme débute.</p>"'
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last) "
AT, DIGEST = "'2026-11-01 08:00:00.000000'", "printf('%064x', i * 2654435761)"
FIRST = 1000
"""The number of the first row: those before it are what relay itself has written."""
ROWS = {
    "entries": (
        1,
        "(id, source_id, guid, url, title, fingerprint, revisions, first_seen, slug, published, updated, changed, post)",
        (
            f"i, 'other', 'https://other.example/?p=' || i, 'https://other.example/' || i, 'Titre n° ' || i, {DIGEST}, 0, {AT},"
            f" 'post-' || i, {AT}, {AT}, i, replace(:post, 'NUMBER', i)"
        ),
    ),
    "identities": (
        1,
        "(source_id, kind, value, entry_id)",
        f"'other', 'guid', {DIGEST}, i FROM n UNION ALL SELECT 'other', 'url', {DIGEST}, i",
    ),
    "fetches": (
        2,
        "(id, source_id, at, answer, url, size, saved, seconds, new, edited, notes)",
        f"i, 'other', {AT}, '200', 'https://other.example/rss', 41000, 0, 0.125, 1, 0, '[]'",
    ),
    "crossposts": (
        4,
        (
            "(id, entry_id, account, route, state, revision, draft, approvals, keys, request, attempt, parts, remote_id,"
            " remote_url, note, created_at, changed_at)"
        ),
        (
            "i, i, 'masto', 0, 'sent', 1, replace(:draft, 'NUMBER', i), :approvals, :keys, replace(:request, 'NUMBER', i), 1,"
            f" '[]', 'remote-' || i, 'https://sandbox.example/' || i, '', {AT}, {AT}"
        ),
    ),
    "findable": (
        4,
        "(crosspost_id, source_id, alike, words)",
        "i, 'other', substr(" + DIGEST + ", 33), 'un bilan ' || i",
    ),
    "attempts": (
        4,
        "(id, crosspost_id, attempt, started_at, finished_at, outcome)",
        f"i, i, 1, {AT}, {AT}, 'Sent'",
    ),
    "audit": (
        2,
        "(id, crosspost_id, at, who, means, to_state, revision, what, subject, hash)",
        f"i, NULL, {AT}, 'anne', 'page', NULL, NULL, 'looked', 'masto', {DIGEST}",
    ),
}
"""Of each table: one row for so many entries, its columns, and what they hold for the entry with number ``i``."""


def large(file: Path, entries: int, feeds: Path) -> World:
    """A world whose news were asked, approved and sent, among that many other entries; one that is there is taken."""
    is_there = file.exists()
    world = World(migrated(file), feeds, desk())
    if is_there:
        world.pass_(minutes=2)
        return world
    world.poll()
    world.approve_all()
    world.deliver()
    assert len(world.in_state(State.SENT)) == 2 * len(world.agency.titles)
    with world.db.write() as tx:
        multiply(tx, entries)
    return world


def multiply(tx: Connection, entries: int) -> None:
    """Rows in proportion to this number of entries."""
    said = values("0016")
    said = {**said, "post": said["post"].replace(BODY, f'"body_html":"{PARAGRAPH * 8}"')}
    for table, (share, columns, held) in ROWS.items():
        bounds = {"first": FIRST, "last": FIRST + entries // share - 1}
        statement = f"INSERT INTO {table} {columns} {NUMBERS} SELECT {held} FROM n"  # noqa: S608  # all of it is ours
        used = {name: value for name, value in said.items() if f":{name}" in statement}
        tx.execute(text(statement), {**bounds, **used})


def world_on(db: Database, like: World) -> World:
    """The same world on another database, at the same time, with the same network and the same news."""
    return World(db, like.feeds, like.desk, like.agency, like.network, like.now)
