"""What happens while a page is open, by server-sent events over real HTTP."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import httpx
import pytest
import uvicorn

from relay.core.people import Role
from relay.storage import news
from relay.web import live
from relay.web.app import create
from relay.web.live import Live
from relay.web.office import Office
from relay.web.protocol import Bounded
from tests.edges.newsroom import Newsroom, open_newsroom


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    monkeypatch.setattr(live, "TICK", 0.05)
    monkeypatch.setattr(live, "_PATIENCE", 0.1)
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


@pytest.fixture
def desk(room: Newsroom) -> Iterator[Live]:
    """The one who looks, of an application in which the room is served from now on."""
    app = create(room.office)
    server = uvicorn.Server(uvicorn.Config(app, http=Bounded, port=0, log_level="error", lifespan="off"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    room.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    one: Live = app.state.live
    yield one
    one.end()
    server.should_exit = True
    thread.join(5)


class Told:
    """The events of a stream, one after the other."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self.type = answer.headers.get("content-type", "")
        self._lines = answer.iter_lines()

    def next(self, name: str = "") -> tuple[str, int, dict[str, object]]:
        """The next event, or the next one called ``name``."""
        event: dict[str, str] = {}
        for line in self._lines:
            if line and not line.startswith(":"):
                field, _, value = line.partition(": ")
                event[field] = value
            elif "data" in event and name in ("", event["event"]):
                return event["event"], int(event["id"]), json.loads(event["data"])
            elif "data" in event:
                event = {}
        raise EOFError

    def silence(self) -> str:
        """The next comment."""
        return next(line for line in self._lines if line.startswith(":"))


@contextmanager
def listening(browser: httpx.Client, path: str = "/live", **headers: str) -> Iterator[Told]:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    with browser.stream("GET", path, headers=named, timeout=5) as answer:
        yield Told(answer)


def mark(room: Newsroom) -> int:
    with room.office.db.read() as tx:
        return news.mark(tx)


def test_the_counts_come_first_then_what_changes(room: Newsroom) -> None:
    before = mark(room)
    with listening(room.editor()) as told:
        assert told.type.startswith("text/event-stream")
        name, _, counts = told.next()
        assert (name, counts["waiting"]) == ("counts", 10)
        room.editor("dora", Role.DIRECTOR).post("/review/1/hold", data={"revision": "1"})
        _, id, changed = told.next("changed")
        assert changed == {"crosspost": 1, "who": "dora", "what": "suspendu", "lang": "fr", "state": "Suspendu"}
        assert id > before
        assert told.next("counts")[2]["held"] == 1


def test_who_comes_back_is_told_what_was_missed(room: Newsroom) -> None:
    before = mark(room)
    browser = room.editor()
    browser.post("/review/1/hold", data={"revision": "1"})
    with listening(browser, Last_Event_ID=str(before)) as told:
        assert told.next("changed")[2]["crosspost"] == 1
    with listening(browser, f"/live?since={before}") as told:
        assert told.next("changed")[2]["crosspost"] == 1
    with listening(browser, f"/live?since={mark(room)}") as told:
        assert told.next()[0] == "counts"


def test_it_speaks_the_readers_language(room: Newsroom) -> None:
    before = mark(room)
    browser = room.editor()
    browser.post("/review/1/hold", data={"revision": "1"})
    with listening(browser, f"/live?since={before}&lang=en") as told:
        assert told.next("changed")[2]["state"] == "On hold"


def test_it_ends_with_the_session(room: Newsroom) -> None:
    browser = room.editor()
    other = room.visitor()
    other.cookies = browser.cookies
    with listening(browser) as told:
        told.next()
        other.post("/sign-out")
        with pytest.raises(EOFError):
            told.next("changed")


def test_nobody_else_hears_it(room: Newsroom) -> None:
    with listening(room.visitor()) as told:
        assert told.status == 401


def test_a_silent_stream_says_that_it_is_there(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEAT", 0.2)
    with listening(room.editor()) as told:
        told.next()
        assert told.silence() == ": still here"


def test_one_session_has_only_so_many_and_others_have_theirs(desk: Live, room: Newsroom) -> None:
    browser = room.editor()
    with listening(browser), listening(browser), listening(browser), listening(browser):
        with listening(browser) as fifth:
            assert fifth.status == 204
        with listening(room.editor("dora")) as other:
            assert other.status == 200
    _until(lambda: not desk.streams)
    with listening(browser) as again:
        assert again.status == 200


def test_one_looks_for_all_and_none_where_nobody_listens(
    desk: Live, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    before = live._mark

    def counted(office: Office) -> int:
        looks.append(1)
        return before(office)

    monkeypatch.setattr(live, "_mark", counted)
    with listening(room.editor()) as one, listening(room.editor("dora")) as two:
        one.next()
        two.next()
        looks.clear()
        time.sleep(0.5)
        assert 1 <= len(looks) <= 11
    _until(lambda: not desk.streams)
    time.sleep(0.2)
    looks.clear()
    time.sleep(0.3)
    assert looks == []


def test_the_end_of_the_service_ends_every_stream_at_once(desk: Live, room: Newsroom) -> None:
    with listening(room.editor()) as told:
        told.next()
        began = time.monotonic()
        desk.end()
        with pytest.raises(EOFError):
            told.next()
        assert time.monotonic() - began < 1
    with listening(room.editor("dora")) as late:
        assert late.status == 204


def _until(holds: Callable[[], bool], patience: float = 3) -> None:
    end = time.monotonic() + patience
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
