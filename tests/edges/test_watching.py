"""Files that are watched: a change counts once it has settled, and only where they say something else."""

import os
from functools import partial
from pathlib import Path

import pytest

from relay.config.watching import files_of
from relay.schedule.watching import Watch, digest


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "relay.toml"
    found.write_text("version = 1\n")
    return found


def looks(watch: Watch, number: int = 2) -> list[bool]:
    return [watch.is_changed() for _ in range(number)]


def test_it_is_changed_once_it_has_stayed_so(file: Path) -> None:
    watch = Watch(lambda: (file,), digest(file))
    assert looks(watch, 3) == [False, False, False]
    file.write_text("version = 1\nlangu")
    assert not watch.is_changed()
    file.write_text('version = 1\nlanguage = "fr"\n')
    assert looks(watch, 3) == [False, True, False]


def test_what_changed_before_it_was_watched_counts(file: Path) -> None:
    known = digest(file)
    file.write_text("version = 1 # other\n")
    assert looks(Watch(lambda: (file,), known)) == [False, True]


def test_the_same_once_more_is_no_change(file: Path) -> None:
    watch = Watch(lambda: (file,), digest(file))
    looks(watch)
    os.utime(file, (1, 1))
    other = file.with_name("new")
    other.write_bytes(file.read_bytes())
    other.replace(file)
    assert looks(watch, 3) == [False, False, False]


def test_what_was_wrong_and_is_as_before_is_looked_at_again(file: Path) -> None:
    watch, good = Watch(lambda: (file,), digest(file)), file.read_text()
    for text in ("version = [", good):
        file.write_text(text)
        assert looks(watch) == [False, True]


def test_another_link_is_a_change_and_so_is_none(tmp_path: Path) -> None:
    """A ConfigMap is a link to a folder, which is replaced by another link."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "relay.toml").write_text(f"# {name}\n")
    data, new = tmp_path / "data", tmp_path / "new"
    data.symlink_to("one")
    file = data / "relay.toml"
    watch = Watch(lambda: (file,), digest(file))
    looks(watch)
    new.symlink_to("two")
    new.replace(data)
    assert looks(watch) == [False, True]
    data.unlink()
    assert looks(watch) == [False, True]


def test_secrets_in_files_are_watched_with_it(file: Path) -> None:
    secret = file.with_name("token")
    secret.write_text("old")
    file.write_text(f'version = 1\n[accounts.m]\ntoken = {{ file = "{secret}" }}\npace = {{ min_gap = "1h" }}\n')
    assert files_of(file) == (file, secret)
    watch = Watch(partial(files_of, file), digest(file))
    looks(watch)
    secret.write_text("new")
    assert looks(watch) == [False, True]


def test_a_secret_that_comes_after_the_file_that_names_it_is_a_change(file: Path) -> None:
    watch, secret = Watch(partial(files_of, file), digest(file)), file.with_name("token")
    looks(watch)
    file.write_text(f'version = 1\n[accounts.m]\ntoken = {{ file = "{secret}" }}\n')
    assert looks(watch, 4) == [False, True, False, False]
    secret.write_text("late")
    assert looks(watch, 4) == [False, True, False, False]


@pytest.mark.parametrize("text", ["version = [", "", "version = 1"])
def test_whatever_the_file_says_it_is_watched(file: Path, text: str) -> None:
    file.write_text(text)
    assert files_of(file) == (file,)


def test_a_file_that_is_a_link_itself_is_followed(tmp_path: Path) -> None:
    """So a ConfigMap is mounted: relay.toml is a link into a folder, the name of which is a link that is replaced."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "relay.toml").write_text(f"# {name}\n")
    data, new, file = tmp_path / "data", tmp_path / "new", tmp_path / "relay.toml"
    data.symlink_to("one")
    file.symlink_to("data/relay.toml")
    watch = Watch(lambda: (file,), digest(file))
    looks(watch)
    new.symlink_to("two")
    new.replace(data)
    assert looks(watch) == [False, True]


def test_another_file_of_the_same_size_and_time_is_a_change(file: Path) -> None:
    """Whoever unpacks one gives it the time that it had."""
    watch, other = Watch(lambda: (file,), digest(file)), file.with_name("new")
    looks(watch)
    other.write_text("version = 2\n")
    os.utime(other, ns=(0, file.stat().st_mtime_ns))
    other.replace(file)
    assert looks(watch) == [False, True]
