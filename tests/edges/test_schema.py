"""Bringing a database up: migrations give exactly the tables of the code, all or nothing, once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from relay.storage import schema
from relay.storage.database import Database, DatabaseUnusableError, open_database
from relay.storage.migrations import HEAD
from relay.storage.schema import MIGRATIONS, migrate, version
from relay.storage.tables.columns import metadata


def test_migrations_give_exactly_the_tables_of_the_code(db: Database) -> None:
    with db.read() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_step_is_the_one_that_the_code_names() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_an_empty_database_is_brought_up_once(empty_db: Database) -> None:
    assert [migrate(empty_db), migrate(empty_db)] == [(None, HEAD), (HEAD, HEAD)]


def test_an_empty_database_is_at_no_step(empty_db: Database) -> None:
    with empty_db.read() as tx:
        assert version(tx) is None


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    empty_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_upgrade", _half_an_upgrade)
    with pytest.raises(DatabaseUnusableError, match=r"could not be brought to .* RuntimeError: half of it is done"):
        migrate(empty_db)
    with empty_db.read() as tx:
        assert inspect(tx).get_table_names() == []


def _half_an_upgrade(tx: object, to: str = "head") -> None:
    metadata.create_all(tx)  # type: ignore[arg-type]  # a connection, as the original takes
    raise RuntimeError("half of it is done")


def test_a_migration_keeps_what_is_stored(db: Database) -> None:
    with db.write() as tx:
        tx.exec_driver_sql("INSERT INTO feeds (id, tag) VALUES ('blog', 'tag:one')")
    migrate(db)
    with db.read() as tx:
        assert tx.exec_driver_sql("SELECT tag FROM feeds").scalar() == "tag:one"


def test_two_processes_that_start_together_bring_it_up_once(empty_address: str) -> None:
    processes = [open_database(empty_address) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(migrate, processes))
    assert found == {(None, HEAD), (HEAD, HEAD)}
    processes[0].close()
    processes[1].close()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://nobody:secret@127.0.0.1:9/relay",
        "postgresql://nobody@127.0.0.1:9/relay?password=secret",
        "postgresql://nobody@127.0.0.1:9/relay?passwd=secret",
        "{folder}",
    ],
)
def test_a_database_that_cannot_be_opened_is_named_without_its_password(address: str, tmp_path: Path) -> None:
    db = open_database(address.format(folder=tmp_path))
    with pytest.raises(DatabaseUnusableError) as refusal:
        migrate(db)
    assert "cannot be opened" in str(refusal.value)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:secret@127.0.0.1:port/relay",
        "postgresql://u:p@h:secret/relay",
        "postgresql://u:a@secret@127.0.0.1:9/relay",
    ],
)
def test_an_address_that_is_none_is_refused_in_a_sentence_without_its_password(address: str) -> None:
    with pytest.raises(DatabaseUnusableError, match="its address is none") as refusal:
        open_database(address)
    assert "secret" not in str(refusal.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnusableError, match="cannot"):
        open_database(str(tmp_path / "file" / "relay.db"))


def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    db = open_database(str(tmp_path / "a" / "b" / "relay.db"))
    migrate(db)
    db.close()
    assert (tmp_path / "a" / "b" / "relay.db").is_file()


def test_a_sqlite_file_survives_a_power_cut(tmp_path: Path) -> None:
    db = open_database(str(tmp_path / "relay.db"))
    with db.read() as tx:
        settings = [
            tx.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    db.close()
    assert settings == ["wal", 2, 1]
