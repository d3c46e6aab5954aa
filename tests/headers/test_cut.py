"""What is open when a session ends is cut within a second, by the service's own patience."""

from collections.abc import Callable
from pathlib import Path
from threading import Timer
from time import monotonic

import pytest

from relay.storage import people, sessions
from tests.edges.newsroom import Newsroom, open_newsroom

SECOND = 1.0
AFTER = 0.3


def _signed_out(room: Newsroom, token: str) -> None:
    room.visitor(Cookie=f"relay={token}").post("/sign-out")


def _ended(room: Newsroom, token: str) -> None:
    with room.office.db.write() as tx:
        sessions.end(tx, token)


def _disabled(room: Newsroom, token: str) -> None:  # whatever their session
    with room.office.db.write() as tx:
        people.disable(tx, "camille")


@pytest.mark.parametrize("closing", [_signed_out, _ended, _disabled])
def test_an_open_stream_is_cut_within_a_second(tmp_path: Path, closing: Callable[[Newsroom, str], None]) -> None:
    with open_newsroom(tmp_path) as room:
        browser = room.editor()
        token = browser.cookies["relay"]
        with browser.stream("GET", "/live", timeout=5) as answer:
            assert answer.status_code == 200
            timer = Timer(AFTER, closing, (room, token))
            began = monotonic()
            timer.start()
            for _ in answer.iter_lines():
                pass
            assert AFTER <= monotonic() - began <= AFTER + SECOND
            timer.join()
        assert browser.get("/live").status_code == 401
