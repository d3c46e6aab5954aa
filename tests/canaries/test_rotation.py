"""A key is changed while somebody kills relay: whatever was sealed opens afterwards, and without the key nothing does."""

from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from typing import cast

from sqlalchemy import Connection

from relay.pipeline.accounts.rotating import rotate
from relay.storage import keys
from relay.storage.database import Database
from relay.storage.keys import Keyplace
from relay.storage.sealing import new_key
from tests.canaries.killing import Killed, kill
from tests.canaries.turning import desk_at, fill, token, unreadable
from tests.edges.opened import opened


def moments() -> Random:
    """When to kill: the same at every run."""
    return Random(13)  # noqa: S311  # no secret


def test_a_rotation_that_is_killed_leaves_nothing_unreadable(tmp_path: Path) -> None:
    assert kill(tmp_path, 1000, 2, moments()) == Killed(1000, 2, 0)


def test_a_rotation_that_forgets_the_old_key_first_is_found(tmp_path: Path) -> None:
    assert kill(tmp_path, 1000, 20, moments(), "forgetful").unreadable > 0


def test_without_the_key_no_token_opens(tmp_path: Path) -> None:
    place = Keyplace(file=tmp_path / "relay.key")
    with opened(tmp_path) as db:
        fill(db, place, 100)
        (tmp_path / "relay.key").write_text("another-key-that-is-long-enough-0123456789\n")
        assert unreadable(db, place) == 100
        files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert b"account-000099" in files
    assert [number for number in range(100) if token(number) in files] == []


class Disturbed:
    """A database in which, between two writes of one change of the key, another is begun and killed."""

    def __init__(self, db: Database, place: Keyplace) -> None:
        self._db, self._place, self._writes = db, place, 0

    def write(self) -> AbstractContextManager[Connection]:
        self._writes += 1
        if self._writes == 2 and self._place.file:
            keys.put_first(self._place.file, new_key())
        return self._db.write()


def test_a_change_forgets_no_key_where_another_was_begun_and_killed(tmp_path: Path) -> None:
    desk = desk_at(tmp_path)
    with opened(tmp_path) as db:
        fill(db, desk.keyplace, 3)
        rotate(cast("Database", Disturbed(db, desk.keyplace)), desk)
        assert unreadable(db, desk.keyplace) == 0
        rotate(db, desk)
        assert unreadable(db, desk.keyplace) == 0
    assert len((tmp_path / "relay.key").read_text().split()) == 1
