"""What stands ready in memory, and how much of it."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from relay.publish.format import Document
from relay.publish.write import write
from relay.web.serving.deltas import entries
from relay.web.serving.history import History
from relay.web.serving.ready import Ready
from relay.web.serving.stock import Stock

ATOM = "application/atom+xml; charset=utf-8"


def atom(*ids: str) -> bytes:
    own = "".join(f"<entry><id>{id}</id></entry>" for id in ids)
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{own}</feed>'.encode()


def test_a_document_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, [Document("atom.xml", ATOM, atom(*map(str, range(50))))])
    stock = Stock()
    first = stock.ready(tmp_path / "atom.xml", ATOM)
    assert stock.ready(tmp_path / "atom.xml", ATOM) is first
    assert set(first.bodies) == {"identity", "br", "zstd", "gzip"}


def test_the_longest_unasked_leave_first(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(b"x" * 400)
    stock = Stock(most=1000)
    kept = {name: stock.ready(tmp_path / name, "image/png") for name in "ab"}
    stock.ready(tmp_path / "a", "image/png")
    stock.ready(tmp_path / "c", "image/png")
    assert stock.ready(tmp_path / "a", "image/png") is kept["a"]
    assert stock.ready(tmp_path / "b", "image/png") is not kept["b"]


def test_what_is_larger_than_all_that_may_be_kept_is_served_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 5000)
    assert len(Stock(most=1000).ready(tmp_path / "a", "image/png").bodies["identity"]) == 5000


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Stock().ready(tmp_path / "atom.xml", ATOM)


def test_only_so_many_versions_are_remembered(tmp_path: Path) -> None:
    history, file = History(most=2), tmp_path / "atom.xml"
    versions = [version(number) for number in range(1, 5)]
    for one in versions:
        history.remember(file, one)
    known = [history.news(file, versions[-1], [one.digest]) is not None for one in versions]
    assert known == [False, False, True, False]


def test_versions_share_what_they_say_of_the_same_entry() -> None:
    first, second = entries(atom("a", "b"), ATOM), entries(atom("a", "b", "c"), ATOM)
    assert first < second
    assert {id(one) for one in first} < {id(one) for one in second}  # one piece of memory, not one a version


def test_only_so_many_documents_have_a_past_and_those_asked_for_news_stay(tmp_path: Path) -> None:
    history, old, new = History(files=2), version(1), version(2)
    for name in ("feed", "archive1", "archive2"):
        history.remember(tmp_path / name, old)
        history.remember(tmp_path / name, new)
        assert history.news(tmp_path / "feed", new, [old.digest]) is not None
    known = [history.news(tmp_path / name, new, [old.digest]) is not None for name in ("feed", "archive1", "archive2")]
    assert known == [True, False, True]
    assert len(history) == 2


@pytest.mark.parametrize("body", [b"", b"<feed", b"\xff\xfe", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"])
def test_what_cannot_be_read_as_a_feed_is_served_without_deltas(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "atom.xml").write_bytes(body)
    ready = Stock().ready(tmp_path / "atom.xml", ATOM)
    assert (ready.bodies, ready.entries) == ({"identity": body}, frozenset())


def test_readers_beside_a_writer_get_whole_versions(tmp_path: Path) -> None:
    texts = [atom(*(f"{letter}{number}" for number in range(200))) for letter in "ab"]
    write(tmp_path, [Document("atom.xml", ATOM, texts[0])])
    stock, seen = Stock(), set[tuple[bytes, str]]()
    writer = Thread(target=rewrite, args=(tmp_path, texts * 30))
    writer.start()
    while writer.is_alive():
        ready = stock.ready(tmp_path / "atom.xml", ATOM)
        seen.add((ready.bodies["identity"], ready.digest))
    writer.join()
    assert {body for body, _ in seen} <= set(texts)
    assert len({digest for _, digest in seen}) == len({body for body, _ in seen})


def version(posts: int) -> Ready:
    body = atom(*map(str, range(posts)))
    held = frozenset(map(str, range(posts)))
    return Ready(ATOM, datetime(2026, 11, 24, tzinfo=UTC), f"v{posts}", {"identity": body}, held)


def rewrite(folder: Path, texts: list[bytes]) -> None:
    for text in texts:
        write(folder, [Document("atom.xml", ATOM, text)])
