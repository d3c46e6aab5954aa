"""Copies of a database that is in use, put back; and one daemon a file."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from relay.core.crosspost import State
from relay.storage import copies, crossposts, driver, service
from relay.storage.backing import back_up
from relay.storage.database import Database, DatabaseUnusableError, open_database
from relay.storage.owning import held
from relay.storage.schema import migrate
from tests.commands.blog import Blog, Ran

Relay = Callable[..., Ran]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOLD = "import sys; from pathlib import Path; from relay.storage.owning import held\nwith held(Path(sys.argv[1])):\n print('held', flush=True); sys.stdin.read()"


@contextmanager
def opened(file: Path) -> Iterator[Database]:
    db = open_database(str(file))
    yield db
    db.close()


def test_a_copy_is_whole_private_and_marked(relay: Relay, blog: Blog) -> None:
    relay("user", "add", "camille")
    target = blog.folder / "copy.db"
    ran = relay("backup", str(target))
    assert ran.code == 0, ran.err
    assert "key" in ran.out
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in blog.folder.glob("*copy*")) == ["copy.db"]
    with opened(target) as copy, copy.read() as tx:
        assert copies.unseen(tx)
    with opened(blog.folder / "relay.db") as own, own.read() as tx:
        assert copies.unseen(tx) is None


def test_no_file_is_overwritten(relay: Relay, blog: Blog) -> None:
    target = blog.folder / "copy.db"
    target.write_text("mine")
    ran = relay("backup", str(target))
    assert (ran.code, target.read_text()) == (1, "mine")
    assert ran.err.startswith("relay: ")
    assert ran.err.count("\n") == 1


def test_copies_under_load_are_each_sound(tmp_path: Path) -> None:
    now, ending = NOON, threading.Event()
    with opened(tmp_path / "relay.db") as db:
        migrate(db)
        writer = threading.Thread(target=_write, args=(db, ending))
        writer.start()
        try:
            for number in range(10):
                back_up(db, tmp_path / f"{number}.db", now)
        finally:
            ending.set()
            writer.join()
    for number in range(10):
        with opened(tmp_path / f"{number}.db") as copy, copy.read() as tx:
            assert copies.unseen(tx) == now


def _write(db: Database, ending: threading.Event) -> None:
    while not ending.is_set():
        with db.write() as tx:
            service.beat(tx, "poll", NOON)


def test_a_copy_put_back_keeps_what_was_there(relay: Relay, blog: Blog) -> None:
    copy, file = blog.folder / "copy.db", blog.folder / "relay.db"
    relay("user", "add", "camille")
    relay("backup", str(copy))
    relay("user", "add", "louis")
    ran = relay("restore", str(copy))
    assert ran.code == 0, ran.err
    assert "louis" not in relay("user", "list").out
    [aside] = blog.folder.glob("relay.db.before-*")
    assert b"louis" in aside.read_bytes()
    assert copy.exists()
    assert file.stat().st_mode & 0o777 == 0o600
    told = json.loads(relay("status", "--json").out)["restored"]
    assert told[0]["looked_over"] is None
    assert relay("deliver").code == 0
    assert json.loads(relay("status", "--json").out)["restored"][0]["looked_over"]


def test_what_is_no_copy_is_not_put_back(relay: Relay, blog: Blog) -> None:
    relay("user", "add", "camille")
    wrong = blog.folder / "wrong.db"
    wrong.write_bytes(b"no database at all" * 1000)
    ran = relay("restore", str(wrong))
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "camille" in relay("user", "list").out


def test_a_database_put_back_by_other_means_is_told_so(relay: Relay, blog: Blog) -> None:
    relay("user", "add", "camille")
    ran = relay("restore", "--mark")
    assert ran.code == 0, ran.err
    with opened(blog.folder / "relay.db") as db, db.read() as tx:
        assert copies.unseen(tx)
        assert crossposts.count_by_state(tx).get(State.UNCONFIRMED, 0) == 0


def test_a_second_owner_is_refused_until_the_first_is_killed(relay: Relay, blog: Blog) -> None:
    relay("user", "add", "camille")
    file = blog.folder / "relay.db"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout
        assert first.stdout.readline() == b"held\n"
        ran = relay("run")
        assert (ran.code, "in use by another relay daemon" in ran.err) == (1, True)
        assert relay("user", "list").code == 0, "commands beside the daemon are welcome"
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    with held(file):
        pass


def test_two_in_one_process_are_told_apart_too(tmp_path: Path) -> None:
    with held(tmp_path / "relay.db"), pytest.raises(DatabaseUnusableError), held(tmp_path / "relay.db"):
        pass


def test_every_connection_waits_for_the_disk(tmp_path: Path) -> None:
    with opened(tmp_path / "relay.db") as db, db.read() as one, db.read() as two, db.write() as three:
        asked = [connection.exec_driver_sql("PRAGMA synchronous").scalar() for connection in (one, two, three)]
    assert asked == [2, 2, 2], "FULL"


@pytest.mark.parametrize(
    ("version", "is_sound"),
    [
        ((3, 6, 23), True),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_which_builds_may_damage_a_file(version: tuple[int, ...], *, is_sound: bool) -> None:
    assert driver.is_sound(version) is is_sound


def test_an_unsound_build_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "is_sound", lambda _: False)
    assert "may damage" in driver.warning()
