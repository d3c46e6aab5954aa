"""From every schema that was ever released to this one: no row is lost, and relay works on what comes of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, func, select, text

from relay.storage import schema
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from relay.storage.tables.finding import findable
from tests.edges.databases import created
from tests.upgrades.kept import kept, lost
from tests.upgrades.made import REVISIONS, fill
from tests.upgrades.working import works

AMOUNT = 6
ON_POSTGRESQL = ("0001", "0008", REVISIONS[-2])


@pytest.fixture
def db(request: pytest.FixtureRequest, empty: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(empty / request.param, tmp_path / "relay.db")
    db = open_database(str(tmp_path / "relay.db"))
    yield db
    db.close()


def brought_up(db: Database, revision: str, folder: Path) -> None:
    with db.write() as tx:
        fill(tx, revision, AMOUNT)
    before = kept(db, revision)
    assert all(number == AMOUNT for _, number, _ in before.tables.values())
    migrate(db)
    assert lost(db, before) == []
    assert works(db, folder / "feeds") == []


@pytest.mark.parametrize(("db", "revision"), [(one, one) for one in REVISIONS], indirect=["db"])
def test_nothing_is_lost_and_relay_works_on_it(db: Database, revision: str, tmp_path: Path) -> None:
    brought_up(db, revision, tmp_path)


@pytest.fixture(params=ON_POSTGRESQL)
def on_postgresql(request: pytest.FixtureRequest, postgresql: URL, tmp_path: Path) -> Iterator[tuple[Database, str]]:
    with created(postgresql, f"upgrade_{tmp_path.name}", "template1") as address:
        db = open_database(address)
        with db.write() as tx:
            schema._upgrade(tx, request.param)
        yield db, request.param
        db.close()


def test_the_same_on_postgresql(on_postgresql: tuple[Database, str], tmp_path: Path) -> None:
    brought_up(*on_postgresql, tmp_path)


def test_steps_say_what_becomes_of_values_of_old(empty: Path, tmp_path: Path) -> None:
    """Numbers of changes, what is public of a cross-post, words to be found by: made of what stood there."""
    shutil.copy(empty / "0001", tmp_path / "relay.db")
    db = open_database(str(tmp_path / "relay.db"))
    with db.write() as tx:
        fill(tx, "0001", AMOUNT)
    migrate(db)
    with db.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM entries WHERE changed = id")).scalar() == AMOUNT
        assert tx.execute(select(func.count()).select_from(findable)).scalar() == AMOUNT
        public = tx.execute(text("SELECT parts FROM crossposts WHERE state = 'sent'")).scalars().all()
        assert public
        assert all("Un bilan" in parts and "https://sandbox.example/" in parts for parts in public)
    db.close()
