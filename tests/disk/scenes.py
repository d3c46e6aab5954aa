"""What befalls a daemon at work, and what must be true while it lasts and after it was repaired."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from relay.core.crosspost import State
from tests.disk.disk import Disk, disk
from tests.disk.service import Service, serving, until

WORDS = "Un texte tout neuf, qui ne doit pas se perdre\net qui a une seconde ligne"
KNOWN = 30
"""Seconds until health says it."""
REPAIRED = 60
"""Seconds until all is well again, without a restart."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds until health said it, and from the repair until all was well."""

    scene: str
    known: float
    recovered: float


def full(folder: Path) -> Seen:
    """The disk of everything, the log too, is full while a post is public and not yet answered for."""
    with disk(folder / "data") as small, _feeds_on(folder, small), serving(folder, small.folder / "log") as service:
        first, second = sorted(row.id for row in service.rows())
        before = service.get("/feeds/blog/atom.xml").content
        service.far.breaks = small.fill
        assert service.post(f"/review/{first}/approve", revision=1).status_code == 303
        known = until(lambda: ("database", "full") in service.ills(), KNOWN)
        _reads_go_on(service, before, "full")
        _words_are_given_back(service, second)
        said = service.status()
        assert "full" in said.stdout + said.stderr, said
        assert "Traceback" not in said.stderr
        _no_half_copy(service, small.folder / "copy.db")
        began = time.monotonic()
        small.free()
        until(lambda: _state(service, first) is State.SENT, REPAIRED)
        _all_is_well(service, second, began)
        return Seen("full", known, time.monotonic() - began)


def read_only(folder: Path) -> Seen:
    """The folder of the feeds may not be written when there are news."""
    with disk(folder / "feeds") as small:
        (folder / "data").mkdir()
        with serving(folder) as service:
            first, second = sorted(row.id for row in service.rows())
            before = service.get("/feeds/blog/atom.xml").content
            small.read_only()
            service.far.news = 3
            assert service.post("/sources/cget/ask").status_code == 303
            known = until(lambda: ("feeds", "read-only") in service.ills(), KNOWN)
            _reads_go_on(service, before, "read-only")
            said = service.status()
            assert "read-only" in said.stdout, said
            assert service.post(f"/review/{first}/approve", revision=1).status_code == 303
            until(lambda: _state(service, first) is State.SENT, REPAIRED)
            began = time.monotonic()
            small.writable()
            until(lambda: b"peche-3" in service.get("/feeds/blog/atom.xml").content, REPAIRED)
            _all_is_well(service, second, began)
            return Seen("read-only", known, time.monotonic() - began)


def open_files(folder: Path) -> Seen:
    """The process may open nothing more."""
    (folder / "data").mkdir()
    with serving(folder) as service:
        first, second = sorted(row.id for row in service.rows())
        before = service.get("/feeds/blog/atom.xml").content
        service.get("/review")
        usual = resource.prlimit(service.process.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(service.process.pid, resource.RLIMIT_NOFILE, (3, usual[1]))
        assert service.post(f"/review/{first}/approve", revision=1).status_code == 303
        known = until(lambda: ("process", "open-files") in service.ills(), KNOWN)
        _reads_go_on(service, before, "open-files")
        began = time.monotonic()
        resource.prlimit(service.process.pid, resource.RLIMIT_NOFILE, usual)
        until(lambda: _state(service, first) is State.SENT, REPAIRED)
        _all_is_well(service, second, began)
        return Seen("open-files", known, time.monotonic() - began)


SCENES: dict[str, Callable[[Path], Seen]] = {"full": full, "read-only": read_only, "open-files": open_files}


@contextmanager
def _feeds_on(folder: Path, small: Disk) -> Iterator[None]:
    """The feeds are on the same disk."""
    (small.folder / "feeds").mkdir()
    (folder / "feeds").symlink_to(small.folder / "feeds")
    yield


def _reads_go_on(service: Service, before: bytes, what: str) -> None:
    feed, page, told = service.get("/feeds/blog/atom.xml"), service.get("/review"), service.health()
    assert (feed.status_code, feed.content) == (200, before)
    assert page.status_code == 200, page.text
    assert "Nothing can be stored at the moment" in page.text
    assert (told["status"], told["ok"]) == (503, False)
    assert what in str(told["machine"]), told


def _words_are_given_back(service: Service, id: int) -> None:
    """Whoever sends words is told, in both languages, that they are not stored, and has them still."""
    answer = service.post(f"/review/{id}/edit?lang=fr", revision=1, text=WORDS)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "Rien ne peut être enregistré" in answer.text
    assert "Le disque est plein" in answer.text
    assert WORDS in answer.text
    assert "Traceback" not in answer.text


def _no_half_copy(service: Service, file: Path) -> None:
    """A backup that finds no room says so, and leaves nothing."""
    made = service.backup(file)
    assert made.returncode == 1
    assert "full" in made.stderr or "No space left" in made.stderr, made
    assert "Traceback" not in made.stderr, made.stderr
    assert not [one for one in file.parent.iterdir() if "copy.db" in one.name]


def _all_is_well(service: Service, second: int, began: float) -> None:
    """Within the time, without a restart: what is sent next is taken, all is sent once, and it ends in order."""
    until(lambda: service.health()["status"] == 200, REPAIRED - (time.monotonic() - began))
    assert service.post(f"/review/{second}/edit", revision=1, text=WORDS).status_code == 303
    assert service.post(f"/review/{second}/approve", "sam", revision=2).status_code == 303
    until(lambda: _state(service, second) is State.SENT, REPAIRED - (time.monotonic() - began))
    assert set(service.far.posted.values()) == {1}, service.far.posted
    assert len(service.far.shown) == 2
    assert service.end() == 0
    assert "Traceback" not in service.said(), service.said()
    assert len(service.said().splitlines()) < 300


def _state(service: Service, id: int) -> State:
    return next(row.state for row in service.rows() if row.id == id)
