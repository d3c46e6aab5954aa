"""Databases of earlier versions, with what stood in them, are brought up without losing any of it."""

from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module

import pytest
from sqlalchemy import text

from relay.core.polling.pollstate import Hints, PollState
from relay.core.source import Origin, Validators
from relay.storage import entries, rows, schema, sources
from relay.storage.database import Database
from relay.storage.schema import migrate
from tests.core.things import POST
from tests.edges import entered

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ORIGIN = Origin("tag:cget", "CGET", "https://cget.exemple.fr/rss", None, NOON)

SOURCE = text(
    "INSERT INTO sources (id, etag, last_modified, due, polled_at, succeeded_at, failures, answer, reason, max_age, origin)"
    " VALUES (:id, :etag, :last_modified, :due, :polled_at, :succeeded_at, 0, '304', 'every 1 h', :max_age, :origin)"
)
ENTRY = text(
    "INSERT INTO entries (source_id, fingerprint, first_seen, slug, published, updated, post)"
    " VALUES ('cget', 'print', :at, 'bilan', :at, :at, :post)"
)


@pytest.fixture
def first(empty_db: Database) -> Database:
    """A database as version 0.1 left it: a source that was asked, one that never answered, an entry."""
    with empty_db.write() as tx:
        schema._upgrade(tx, "0001")
        whole = {"etag": b'W/"\xe9"', "last_modified": b"Sun, 06 Nov 1994 08:49:37 -0000", "max_age": 43200}
        moments = {"due": _stored(empty_db, NOON + HOUR), "polled_at": _stored(empty_db, NOON)}
        told = {"succeeded_at": _stored(empty_db, NOON - HOUR), "origin": rows.dump(ORIGIN)}
        tx.execute(SOURCE, {"id": "cget", **whole, **moments, **told})
        bare = dict.fromkeys(("etag", "last_modified", "max_age", "succeeded_at", "origin"))
        tx.execute(SOURCE, {"id": "anru", **bare, **moments})
        tx.execute(ENTRY, {"at": _stored(empty_db, NOON), "post": rows.dump(POST)})
    return empty_db


def _stored(db: Database, moment: datetime) -> datetime | str:
    """As the tables of that day stored it."""
    return moment if db.engine.dialect.name == "postgresql" else moment.strftime("%Y-%m-%d %H:%M:%S.000000")


def test_what_was_learnt_of_a_source_goes_along(first: Database) -> None:
    migrate(first)
    with first.read() as tx:
        state = sources.state(tx, "cget")
        origin = sources.origin(tx, "cget")

    assert state == PollState(
        due=NOON + HOUR,
        polled_at=NOON,
        succeeded_at=NOON - HOUR,
        answer="304",
        reason="every 1 h",
        validators=Validators(b'W/"\xe9"', b"Sun, 06 Nov 1994 08:49:37 -0000"),
        hints=Hints(max_age=12 * HOUR),
    )
    assert origin == ORIGIN


def test_a_source_that_never_answered_is_still_at_its_first_poll(first: Database) -> None:
    migrate(first)
    with first.read() as tx:
        state = sources.state(tx, "anru")

    assert state.is_first
    assert state.validators == Validators()


def test_sources_are_due_when_they_were(first: Database) -> None:
    migrate(first)
    with first.read() as tx:
        due = [[id for id, _ in sources.due(tx, ("cget", "anru"), at)] for at in (NOON, NOON + HOUR)]

    assert due == [[], ["anru", "cget"]]


def test_entries_stay(first: Database) -> None:
    migrate(first)
    with first.read() as tx:
        posts = entered.posts(tx, ("cget",))
        ids = entries.by_ids(tx, range(10))

    assert (posts, len(ids)) == ((POST,), 1)


@pytest.mark.parametrize(
    "stored",
    [
        NOON,
        NOON.astimezone(timezone(timedelta(hours=-5))),
        NOON.astimezone(timezone(timedelta(hours=9, minutes=30))),
        NOON.replace(tzinfo=None),
        "2026-11-24 12:00:00.000000",
        "2026-11-24 12:00:00",
        "2026-11-24 12:00:00+00:00",
    ],
)
def test_a_moment_is_the_same_in_whichever_zone_the_database_tells_it(stored: datetime | str) -> None:
    """The session of a PostgreSQL server in Cayenne or Papeete speaks of hours behind UTC."""
    step = import_module("relay.storage.migrations.versions.0002_intake")
    words = {"failures": 0, "answer": "304", "reason": "every 1 h", "max_age": None, "origin": None}
    row = {"id": "cget", "etag": None, "last_modified": None, **words}
    moved = step._moved({**row, "due": stored, "polled_at": stored, "succeeded_at": None})
    state = rows.load(moved["state"], PollState)

    assert (state.due, state.polled_at) == (NOON, NOON)
