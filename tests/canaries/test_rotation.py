"""A key is changed while somebody kills relay: whatever was sealed opens afterwards, and without the key nothing does."""

from pathlib import Path
from random import Random

from relay.storage.keys import Keyplace
from tests.canaries.killing import Killed, kill
from tests.canaries.turning import fill, token, unreadable
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
