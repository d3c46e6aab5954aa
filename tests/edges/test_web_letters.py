"""Sign-in addresses by e-mail: for members only, and nobody learns who they are."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from relay.core.people import Role
from relay.storage import people
from relay.web.signing import links
from tests.edges.newsroom import Newsroom, open_newsroom

CAMILLE = "camille@blog.example"


@dataclass
class Post:
    """What was handed over to be sent."""

    letters: list[tuple[str, str, str]] = field(default_factory=list)
    may_go: Event = field(default_factory=Event)

    def __call__(self, to: str, subject: str, text: str) -> None:
        self.may_go.wait(10)
        self.letters.append((to, subject, text))

    def wait(self, count: int) -> None:
        """Until so many have come."""
        _until(lambda: len(self.letters) >= count)


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not done() and time.monotonic() < end:
        time.sleep(0.01)
    assert done()


@pytest.fixture
def post() -> Post:
    one = Post()
    one.may_go.set()
    return one


@contextmanager
def _room(folder: Path, post: Post) -> Iterator[Newsroom]:
    with open_newsroom(folder, post_letter=post) as newsroom:
        with newsroom.office.db.write() as tx:
            people.add(tx, "camille", Role.EDITOR, newsroom.clock(), (), CAMILLE)
        yield newsroom


@pytest.fixture
def room(tmp_path: Path, post: Post) -> Iterator[Newsroom]:
    with _room(tmp_path, post) as newsroom:
        yield newsroom


def _settled() -> None:
    """Until everything that was asked for has been looked into."""
    _until(lambda: links._WAITING._value == links._WAITING._initial_value)  # type: ignore[attr-defined]  # CPython's own


def _ask(room: Newsroom, email: str = CAMILLE, **headers: str) -> str:
    answer = room.visitor(**headers).post("/sign-in/link", data={"email": email})
    assert answer.status_code == 200
    return answer.text


def test_a_letter_brings_its_reader_in(room: Newsroom, post: Post) -> None:
    _ask(room, " Camille@Blog.Example ")
    post.wait(1)
    to, subject, text = post.letters[0]
    link = re.search(r"http://127\.0\.0\.1(/c/\S+)", text)
    assert (to, subject) == (CAMILLE, "Entrer dans relay")
    assert link
    assert "Bonjour camille" in text
    browser = room.visitor()
    assert browser.post(link[1]).headers["location"] == "/review"
    assert browser.get("/review").status_code == 200


def test_a_letter_is_in_the_language_of_the_page(room: Newsroom, post: Post) -> None:
    _ask(room, cookie="relay-language=en")
    post.wait(1)
    assert post.letters[0][1] == "Sign in to relay"


def test_the_answer_is_the_same_for_a_stranger(room: Newsroom, post: Post) -> None:
    known, unknown = _ask(room), _ask(room, "zoe@ailleurs.example")
    assert known.replace(CAMILLE, "…") == unknown.replace("zoe@ailleurs.example", "…")
    post.wait(1)
    _settled()
    assert [to for to, _, _ in post.letters] == [CAMILLE]


def test_the_answer_does_not_wait_for_the_letter(tmp_path: Path) -> None:
    slow = Post()
    with _room(tmp_path, slow) as room:
        browser = room.visitor()
        browser.post("/sign-in/link", data={"email": CAMILLE})
        assert browser.get("/").status_code == 200
        assert slow.letters == []
        slow.may_go.set()
        slow.wait(1)


def test_one_letter_a_minute_goes_to_an_address(room: Newsroom, post: Post) -> None:
    _ask(room)
    _ask(room)
    post.wait(1)
    _settled()
    room.clock.now += timedelta(minutes=1)
    _ask(room)
    post.wait(2)
    _settled()
    assert len(post.letters) == 2


def test_a_letter_asked_for_by_a_stranger_spoils_no_other(room: Newsroom, post: Post) -> None:
    _ask(room)
    post.wait(1)
    room.clock.now += timedelta(minutes=1)
    _ask(room)
    post.wait(2)
    paths = [re.findall(r"/c/\S+", text)[0] for _, _, text in post.letters]
    assert [room.visitor().post(path).status_code for path in paths] == [303, 303]


def test_who_has_asked_for_too_many_gets_none_and_others_still_do(room: Newsroom, post: Post) -> None:
    for number in range(10):
        _ask(room, f"nobody-{number}@blog.example")
    _ask(room)
    _settled()
    assert post.letters == []
    assert room.editor("camille").get("/review").status_code == 200
    room.clock.now += timedelta(hours=1)
    _ask(room)
    post.wait(1)


def test_a_disabled_member_gets_no_letter(room: Newsroom, post: Post) -> None:
    with room.office.db.write() as tx:
        people.disable(tx, "camille")
    _ask(room)
    _settled()
    assert post.letters == []


def test_where_relay_sends_no_letters_none_is_offered(tmp_path: Path) -> None:
    with open_newsroom(tmp_path) as room:
        page = room.visitor().get("/").text
        answer = room.visitor().post("/sign-in/link", data={"email": CAMILLE})
    assert (answer.status_code, "/sign-in/link" in page) == (404, False)


def test_a_letter_that_cannot_be_sent_is_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken(to: str, subject: str, text: str) -> None:
        raise OSError("no mail server")

    with open_newsroom(tmp_path, post_letter=broken) as room:
        with room.office.db.write() as tx:
            people.add(tx, "camille", Role.EDITOR, room.clock(), (), CAMILLE)
        _ask(room)
        _until(lambda: "a sign-in letter could not be sent" in caplog.text)
