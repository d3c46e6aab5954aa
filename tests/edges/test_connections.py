"""Connections to PostgreSQL that lay idle are asked before they are used, and those just used are not."""

from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from relay.storage import postgresql
from relay.storage.database import Database, open_database

ENDED = text("SELECT pg_terminate_backend(:of)")
OWN = text("SELECT pg_backend_pid()")


def ended(address: str, db: Database) -> None:
    """Its one connection is ended by the server while it lies idle."""
    with db.read() as tx:
        number = tx.execute(OWN).scalar_one()
    with closing(open_database(address)) as other, other.read() as tx:
        tx.execute(ENDED, {"of": number})


def test_what_is_gone_is_made_anew(pg: Database, postgresql_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "FRESH", -1)
    ended(postgresql_address, pg)
    with pg.write() as tx:
        assert tx.execute(text("SELECT 1")).scalar_one() == 1


def test_what_is_gone_at_once_fails_once(pg: Database, postgresql_address: str) -> None:
    ended(postgresql_address, pg)
    with pytest.raises(OperationalError), pg.read() as tx:
        tx.execute(OWN)
    with pg.read() as tx:
        assert tx.execute(text("SELECT 1")).scalar_one() == 1


def test_what_has_just_been_used_is_not_asked(pg: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(pg.engine.dialect, "do_ping", asked.append)
    for _ in range(3):
        with pg.read() as tx:
            tx.execute(OWN)
    assert asked == []
    monkeypatch.setattr(postgresql, "FRESH", -1)
    with pg.read() as tx:
        tx.execute(OWN)
    assert len(asked) == 1
