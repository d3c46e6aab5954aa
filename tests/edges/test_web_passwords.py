"""Passwords, where there are any: known, unknown and wrong look the same, and nobody waits for a stranger."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from relay.core.people import Role
from relay.core.signing.waiting import FREE, LONG, MANY
from relay.core.signing.ways import SignIn
from relay.core.signing.wrong import Wrong
from relay.pipeline import members
from relay.storage import people
from relay.storage.journal import Actor
from relay.web.signing.passwords import verified
from tests.edges.newsroom import Newsroom, open_newsroom

GOOD = "cheval agrafe pile"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path, sign_in=SignIn(passwords=True)) as newsroom:
        office = newsroom.office
        with office.db.write() as tx:
            people.add(tx, "camille", Role.EDITOR, newsroom.clock(), (), "camille@blog.example")
            people.add(tx, "zoe", Role.EDITOR, newsroom.clock())
        members.set_password(_desk(newsroom), "camille", GOOD)
        yield newsroom


def _desk(room: Newsroom) -> members.Office:
    return members.Office(room.office.db, room.office.desk.accounts, Actor("test", "test"), room.clock())


def _try(room: Newsroom, name: str, password: str, browser: httpx.Client | None = None) -> httpx.Response:
    return (browser or room.visitor()).post("/sign-in/password", data={"name": name, "password": password})


@pytest.mark.parametrize("name", ["camille", "camille@blog.example", " Camille@Blog.example "])
def test_whoever_knows_it_is_in(room: Newsroom, name: str) -> None:
    browser = room.visitor()
    assert _try(room, name, GOOD, browser).headers["location"] == "/review"
    assert browser.get("/review").status_code == 200


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("camille", "cheval agrafe pilE"),
        ("camille", ""),
        ("zoe", ""),
        ("zoe", GOOD),
        ("nobody", GOOD),
        ("", ""),
        ("camille", "x" * 5000),
    ],
)
def test_whatever_is_wrong_looks_the_same(room: Newsroom, name: str, password: str) -> None:
    answer = _try(room, name, password)
    assert answer.status_code == 403
    assert "Ce nom et ce mot de passe ne vont pas ensemble." in answer.text
    assert "set-cookie" not in answer.headers


def test_a_disabled_member_is_not_let_in(room: Newsroom) -> None:
    with room.office.db.write() as tx:
        people.disable(tx, "camille")
    assert _try(room, "camille", GOOD).status_code == 403


def test_whoever_errs_too_often_waits_though_they_know_it_then(room: Newsroom) -> None:
    for _ in range(FREE):
        assert _try(room, "camille", "wrong").status_code == 403
    answer = _try(room, "camille", GOOD)
    assert (answer.status_code, "Trop d’essais d’ici" in answer.text) == (429, True)
    room.clock.now += timedelta(seconds=2)
    assert _try(room, "camille", GOOD).status_code == 303
    assert _try(room, "camille", "wrong").status_code == 403


def test_a_stranger_elsewhere_locks_nobody_out(room: Newsroom) -> None:
    tries = [verified(room.office, "camille", "wrong", "192.0.2.7/32") for _ in range(FREE + 1)]
    assert tries == [Wrong.CREDENTIALS] * FREE + [Wrong.WAIT]
    assert _try(room, "camille", GOOD).status_code == 303


def test_two_names_of_one_member_are_not_two_chances(room: Newsroom) -> None:
    for name in ("camille", "camille@blog.example") * (MANY // 2):
        assert _try(room, name, "wrong").status_code == 403
        room.clock.now += timedelta(seconds=1)
    room.clock.now += timedelta(seconds=2)
    assert [_try(room, name, GOOD).status_code for name in ("camille", "camille@blog.example")] == [403, 403]
    room.clock.now += LONG
    assert _try(room, "camille@blog.example", GOOD).status_code == 303


@pytest.mark.parametrize("email", ["camille@blog.example", "nobody@blog.example"])
def test_no_wait_tells_that_a_name_and_an_address_are_one_person_s(room: Newsroom, email: str) -> None:
    tried = [_try(room, name, "wrong") for name in [*["camille"] * (FREE + 1), *[email] * (FREE + 1)]]
    assert [answer.status_code for answer in tried] == [*[403] * FREE, 429] * 2
    assert len({answer.text.replace(email, "camille") for answer in tried}) == 2


def test_where_there_are_no_passwords_none_is_taken_or_offered(tmp_path: Path) -> None:
    with open_newsroom(tmp_path) as room:
        assert _try(room, "camille", GOOD).status_code == 404
        assert "/sign-in/password" not in room.visitor().get("/").text
        assert "/me/password" not in room.editor("camille").get("/me").text
        assert room.editor("camille").post("/me/password", data={"new": GOOD}).status_code == 404


def test_a_member_sets_one_and_everything_else_is_signed_out(room: Newsroom) -> None:
    browser, elsewhere = room.editor("zoe"), room.editor("zoe")
    answer = browser.post("/me/password", data={"new": "toute autre chose"})
    assert answer.headers["location"] == "/me?did=password"
    assert [browser.get("/me").status_code, elsewhere.get("/me").status_code] == [200, 401]
    assert _try(room, "zoe", "toute autre chose").status_code == 303
    assert room.told("member zoe")[2:] == ["password set", "signed in: password"]


def test_a_page_left_open_does_not_change_a_password(room: Newsroom) -> None:
    browser = room.editor("camille")
    answer = browser.post("/me/password", data={"current": "wrong", "new": "toute autre chose"})
    assert (answer.status_code, "n’est pas celui-là" in answer.text) == (409, True)
    assert browser.post("/me/password", data={"current": GOOD, "new": "toute autre chose"}).status_code == 303
    assert _try(room, "camille", GOOD).status_code == 403


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("court", "de 12 à 200 caractères"),
        ("je suis camille ici", "ni votre nom"),
        ("oooooooooooooo", "plus que quelques caractères"),
    ],
)
def test_a_weak_one_is_refused_with_a_sentence(room: Newsroom, password: str, sentence: str) -> None:
    answer = room.editor("camille").post("/me/password", data={"current": GOOD, "new": password})
    assert (answer.status_code, sentence in answer.text) == (409, True)
    assert _try(room, "camille", GOOD).status_code == 303
