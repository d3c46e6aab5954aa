"""Files are replaced whole, only when they change, and never at the price of the old one."""

import os
import threading
from pathlib import Path

import pytest

from relay.publish.format import Document
from relay.publish.write import write


def document(body: bytes, path: str = "atom.xml") -> Document:
    return Document(path, "application/atom+xml", body)


def test_it_creates_the_folder_and_says_what_it_wrote(tmp_path: Path) -> None:
    written = write(tmp_path / "feeds" / "blog", [document(b"one"), document(b"two", "rss.xml")])
    assert written == ("atom.xml", "rss.xml")
    assert (tmp_path / "feeds" / "blog" / "rss.xml").read_bytes() == b"two"


def test_it_leaves_an_unchanged_file_untouched(tmp_path: Path) -> None:
    write(tmp_path, [document(b"one")])
    os.utime(tmp_path / "atom.xml", (1, 1))
    assert write(tmp_path, [document(b"one"), document(b"new", "rss.xml")]) == ("rss.xml",)
    assert (tmp_path / "atom.xml").stat().st_mtime == 1


def test_it_replaces_a_changed_file(tmp_path: Path) -> None:
    write(tmp_path, [document(b"a longer body")])
    assert write(tmp_path, [document(b"short")]) == ("atom.xml",)
    assert (tmp_path / "atom.xml").read_bytes() == b"short"


def test_the_web_server_may_read_what_it_writes(tmp_path: Path) -> None:
    write(tmp_path, [document(b"one")])
    assert (tmp_path / "atom.xml").stat().st_mode & 0o777 == 0o644


def test_it_removes_what_a_crash_left_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".relay-k2x.tmp").write_bytes(b"half a fe")
    (tmp_path / "robots.txt").write_bytes(b"")
    write(tmp_path, [])
    assert [path.name for path in tmp_path.iterdir()] == ["robots.txt"]


@pytest.mark.parametrize("call", ["replace", "fsync", "fchmod"])
def test_a_failing_disk_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    write(tmp_path, [document(b"old")])
    monkeypatch.setattr(os, call, _no_space)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path, [document(b"new")])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"atom.xml": b"old"}


def test_readers_never_see_a_torn_file(tmp_path: Path) -> None:
    versions = [bytes([sign]) * 200_000 for sign in b"ab"]
    write(tmp_path, [document(versions[0])])
    seen: set[bytes] = set()
    done = threading.Event()
    reader = threading.Thread(target=_read_until, args=(done, tmp_path / "atom.xml", seen))
    reader.start()
    _rewrite(tmp_path, versions * 60)
    done.set()
    reader.join()
    assert seen <= set(versions)


def test_two_writers_take_turns(tmp_path: Path) -> None:
    versions = [bytes([sign]) * 50_000 for sign in b"ab"]
    writers = [threading.Thread(target=_rewrite, args=(tmp_path, [version] * 30)) for version in versions]
    writers[0].start()
    writers[1].start()
    writers[0].join()
    writers[1].join()
    assert (tmp_path / "atom.xml").read_bytes() in versions
    assert {path.name for path in tmp_path.iterdir()} == {"atom.xml", "atom.xml.br", "atom.xml.gz", "atom.xml.zst"}
    assert len({path.stat().st_mtime_ns for path in tmp_path.iterdir()}) == 1


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


def _read_until(done: threading.Event, path: Path, seen: set[bytes]) -> None:
    while not done.is_set():
        seen.add(path.read_bytes())


def _rewrite(folder: Path, versions: list[bytes]) -> None:
    for version in versions:
        write(folder, [document(version)])
