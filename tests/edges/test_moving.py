"""A database moved into another: nothing differs, numbers go on, and nothing is moved by half."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from relay.cli.main import run
from relay.core.crosspost import State
from relay.storage import crossposts, moving
from relay.storage.database import Database, DatabaseUnusableError, open_database
from relay.storage.moving import move
from relay.storage.tables.columns import metadata
from relay.storage.tables.review import crossposts as table
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.opened import migrated


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        newsroom.editor("ada").get("/review")
        newsroom.change(1, state=State.UNCONFIRMED, note="Côte d’Ivoire \U0001f600 \x1f")
        yield newsroom


@pytest.fixture
def target(postgresql_address: str) -> Iterator[Database]:
    db = open_database(postgresql_address)
    yield db
    db.close()


def content(db: Database) -> dict[str, list[tuple[object, ...]]]:
    with db.read() as tx:
        return {
            one.name: sorted((tuple(row) for row in tx.execute(select(one))), key=repr)
            for one in metadata.sorted_tables
        }


def test_every_row_is_there_and_nothing_differs(room: Newsroom, target: Database, tmp_path: Path) -> None:
    before = content(room.office.db)
    counts = move(room.office.db, target)
    assert content(target) == before
    assert counts == {name: len(rows) for name, rows in before.items() if name != "compatibility"}
    assert counts["crossposts"] == 10

    back = migrated(tmp_path / "back.db")
    move(target, back)
    assert content(back) == before
    back.close()


def test_numbers_go_on_where_they_were(room: Newsroom, target: Database) -> None:
    move(room.office.db, target)
    with target.write() as tx:
        last = crossposts.get(tx, 10)
        assert last
        assert crossposts.queue(tx, replace(last, account="other")) > 10


def test_a_database_that_has_rows_is_left_alone(room: Newsroom, target: Database) -> None:
    move(room.office.db, target)
    room.change(2, note="since then")
    before = content(target)
    with pytest.raises(DatabaseUnusableError, match="rows already that are not those of this one, in crossposts"):
        move(room.office.db, target)
    assert content(target) == before


def test_what_is_not_written_as_it_was_read_is_not_kept(
    room: Newsroom, target: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    worse = update(table).where(table.c.id == 3).values(note="else")
    monkeypatch.setattr(moving, "_go_on_counting", lambda tx, one: one is table and tx.execute(worse))
    with pytest.raises(DatabaseUnusableError, match="differs from what was read, in crossposts"):
        move(room.office.db, target)
    assert not any(content(target).values())


def test_one_that_died_before_it_could_say_that_all_was_moved_is_not_moved_again(
    room: Newsroom, target: Database
) -> None:
    counts = move(room.office.db, target)
    before = content(target)
    assert move(room.office.db, target) == counts
    assert content(target) == before


def test_what_postgresql_does_not_take_is_said_by_the_command(
    room: Newsroom, target: Database, postgresql_address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with room.office.db.write() as tx:
        tx.execute(update(table).where(table.c.id == 3).values(note="half\0"))
    file = tmp_path / "relay.toml"
    file.write_text(f'version = 1\nlanguage = "en"\n[service]\ndatabase = "{room.office.db.engine.url.database}"\n')

    assert run(["migrate", "--config", str(file), "--to", postgresql_address]) == 1
    assert "failed, in crossposts: PostgreSQL text fields cannot contain NUL" in capsys.readouterr().err
    assert not any(content(target).values())
