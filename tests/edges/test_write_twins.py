"""Compressed twins: of the same bytes, of the same moment, and gone with their document."""

import gzip
import hashlib
import os
from pathlib import Path

import brotli
import pytest
import zstandard

from relay.publish.format import Document
from relay.publish.write import remove, write

BODY = b"<feed>" + b"<entry>La ville en commun</entry>" * 50 + b"</feed>"
UNPACK = {".gz": gzip.decompress, ".br": brotli.decompress, ".zst": zstandard.decompress}


def atom(body: bytes = BODY) -> Document:
    return Document("atom.xml", "application/atom+xml; charset=utf-8", body)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def unpacked(folder: Path) -> set[bytes]:
    return {UNPACK[suffix]((folder / f"atom.xml{suffix}").read_bytes()) for suffix in UNPACK}


def moments(folder: Path) -> set[int]:
    return {path.stat().st_mtime_ns for path in folder.iterdir()}


def test_a_text_has_three_twins_of_the_same_words_and_the_same_moment(tmp_path: Path) -> None:
    assert write(tmp_path, [atom()]) == ("atom.xml",)
    assert names(tmp_path) == ["atom.xml", "atom.xml.br", "atom.xml.gz", "atom.xml.zst"]
    assert unpacked(tmp_path) == {BODY}
    assert len(moments(tmp_path)) == 1
    assert all((tmp_path / f"atom.xml{suffix}").stat().st_size < len(BODY) / 2 for suffix in UNPACK)


def test_two_builds_of_the_same_text_give_the_same_bytes(tmp_path: Path) -> None:
    builds = [tmp_path / "one", tmp_path / "two"]
    for build in builds:
        write(build, [atom()])
        os.utime(build / "atom.xml", (1, 1))
    one, two = ({path.name: path.read_bytes() for path in build.iterdir()} for build in builds)
    assert one == two


@pytest.mark.parametrize(
    "document",
    [
        Document("a.jpg", "image/jpeg", b"a" * 1000),
        Document("atom.xml", "application/atom+xml", b"a" * 256),
        Document("atom.xml", "application/atom+xml", hashlib.shake_256(b"").digest(1000)),
    ],
    ids=["a picture", "a small text", "a text that does not shrink"],
)
def test_what_would_not_be_smaller_has_none(tmp_path: Path, document: Document) -> None:
    write(tmp_path, [document])
    assert names(tmp_path) == [document.path]


def test_an_unchanged_text_keeps_its_twins_untouched(tmp_path: Path) -> None:
    write(tmp_path, [atom()])
    before = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}
    assert write(tmp_path, [atom()]) == ()
    assert {path.name: path.stat().st_ino for path in tmp_path.iterdir()} == before


def test_a_changed_text_changes_its_twins(tmp_path: Path) -> None:
    write(tmp_path, [atom()])
    write(tmp_path, [atom(BODY * 2)])
    assert unpacked(tmp_path) == {BODY * 2}
    assert len(moments(tmp_path)) == 1


def test_a_text_that_became_small_loses_its_twins(tmp_path: Path) -> None:
    write(tmp_path, [atom()])
    write(tmp_path, [atom(b"<feed/>")])
    assert names(tmp_path) == ["atom.xml"]


def test_a_text_from_before_there_were_twins_gets_them_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "atom.xml").write_bytes(BODY)
    os.utime(tmp_path / "atom.xml", (1, 1))
    assert write(tmp_path, [atom()]) == ()
    assert unpacked(tmp_path) == {BODY}
    assert moments(tmp_path) == {1_000_000_000}


def test_a_twin_of_another_version_that_a_crash_left_is_made_anew(tmp_path: Path) -> None:
    write(tmp_path, [atom()])
    (tmp_path / "atom.xml.gz").write_bytes(gzip.compress(b"the version that never came"))
    write(tmp_path, [atom()])
    assert unpacked(tmp_path) == {BODY}


def test_twins_go_with_their_document(tmp_path: Path) -> None:
    write(tmp_path, [atom()])
    remove(tmp_path, ["atom.xml", "never-there.html"])
    assert names(tmp_path) == []


def test_twins_that_lost_their_document_are_swept_and_packed_files_of_others_stay(tmp_path: Path) -> None:
    write(tmp_path, [atom()])
    (tmp_path / "atom.xml").unlink()
    (tmp_path / "backup.tar.gz").write_bytes(b"of the operator")
    write(tmp_path, [])
    assert names(tmp_path) == ["backup.tar.gz"]


def test_a_failing_disk_leaves_the_old_twins_or_the_new_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, [atom()])
    monkeypatch.setattr(os, "fsync", _no_space)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path, [atom(BODY * 2)])
    assert names(tmp_path) == ["atom.xml", "atom.xml.br", "atom.xml.gz", "atom.xml.zst"]
    assert unpacked(tmp_path) == {BODY}


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")
