"""Whoever wants in without being a member: what they learn, what they hold up, and what stays open behind them."""

import json
import socket
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import perf_counter

import httpx
import pytest
import uvicorn

from relay.core.people import Editor, Role
from relay.core.signing.ways import SignIn
from relay.pipeline import members
from relay.storage import people
from relay.storage.journal import Actor
from relay.web.app import create
from relay.web.server import spoken
from tests.edges.newsroom import Newsroom, open_newsroom

GOOD = "cheval agrafe pile"
ZOE = Editor("zoe", Role.EDITOR, email="zoe@blog.example")
DEEP = "[" * 20_000
CREDENTIAL = {"id": "YQ", "rawId": "YQ", "type": "public-key"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path, sign_in=SignIn(passwords=True), public_url="http://localhost") as newsroom:
        members.add(desk(newsroom), ZOE)
        members.set_password(desk(newsroom), "zoe", GOOD)
        yield newsroom


def desk(room: Newsroom) -> members.Office:
    return members.Office(room.office.db, room.office.desk.accounts, Actor("test", "test"), room.clock())


def tried(room: Newsroom, name: str, password: str) -> int:
    return room.visitor().post("/sign-in/password", data={"name": name, "password": password}).status_code


def seconds(room: Newsroom, name: str, password: str) -> float:
    """The least of three, for other work slows some down."""
    taken = []
    for _ in range(3):
        start = perf_counter()
        assert tried(room, name, password) == 403
        taken.append(perf_counter() - start)
    return min(taken)


@pytest.mark.parametrize("length", [20, 201, 5000])
def test_a_password_of_any_length_takes_as_long_for_a_member_as_for_nobody(room: Newsroom, length: int) -> None:
    member, nobody = seconds(room, "zoe", "x" * length), seconds(room, "nobody", "x" * length)
    assert 0.4 < member / nobody < 2.5


def test_a_password_is_not_known_by_how_it_begins(room: Newsroom) -> None:
    longest = ("cheval agrafe pile " * 20)[:200]
    members.set_password(desk(room), "zoe", longest)
    assert tried(room, "zoe", f"{longest}x") == 403
    assert tried(room, "zoe", longest) == 303


def test_many_passwords_at_once_keep_nobody_else_waiting(room: Newsroom) -> None:
    with ThreadPoolExecutor(40) as pool:
        found = list(pool.map(lambda number: tried(room, f"nobody {number}", GOOD), range(40)))
    assert set(found) == {403, 429}
    assert tried(room, "zoe", GOOD) == 303


def _mailbox(room: Newsroom) -> None:
    members.change(desk(room), replace(ZOE, email="zoe@elsewhere.example"))


def _sessions(room: Newsroom) -> None:
    members.end(desk(room), "zoe")


def _password(room: Newsroom) -> None:
    members.set_password(desk(room), "zoe", "toute autre chose")


@pytest.mark.parametrize("closed", [_mailbox, _sessions, _password])
def test_who_closes_the_doors_closes_addresses_on_their_way_too(
    room: Newsroom, closed: Callable[[Newsroom], None]
) -> None:
    address = room.link("zoe")
    closed(room)
    assert room.visitor().post(address).status_code == 403


def test_another_role_closes_no_address(room: Newsroom) -> None:
    address = room.link("zoe")
    members.change(desk(room), replace(ZOE, role=Role.DIRECTOR))
    assert room.visitor().post(address).status_code == 303


def test_a_sign_that_only_looks_like_a_letter_is_another_address(room: Newsroom) -> None:
    """The Kelvin sign, in small, is a k; a provider may well have verified an address with it."""
    members.add(desk(room), Editor("mick", Role.DIRECTOR, email="mick@blog.example"))
    with room.office.db.read() as tx:
        assert people.by_email(tx, "mic\u212a@blog.example") is None
        assert people.by_email(tx, " MICK@blog.example ") is not None


def test_an_address_of_other_letters_is_found(room: Newsroom) -> None:
    members.add(desk(room), Editor("Élise", Role.EDITOR, email="élise@blog.example"))
    with room.office.db.read() as tx:
        assert people.by_email(tx, "élise@blog.example") is not None


def _encoded(plain: str) -> str:
    return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "answer",
    [
        DEEP,
        json.dumps(
            {**CREDENTIAL, "response": {"clientDataJSON": _encoded(DEEP), **dict.fromkeys(("signature",), "YQ")}}
        ),
        "null",
        "{}",
    ],
    ids=["deep", "deep within", "null", "empty"],
)
def test_an_answer_that_no_device_gives_is_refused(room: Newsroom, answer: str) -> None:
    assert room.visitor().post("/sign-in/passkey", data={"credential": answer}).status_code == 403
    browser = room.editor("zoe")
    challenge = browser.post("/me/passkeys/begin").json()["challenge"]
    made = browser.post("/me/passkeys", data={"credential": answer, "challenge": challenge})
    assert (made.status_code, "wrong" in made.json()) == (403, True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1970-12-31"])
def test_a_day_beyond_all_measure_is_no_day(room: Newsroom, day: str) -> None:
    browser = room.editor("zoe")
    assert browser.get("/schedule", params={"day": day}).status_code == 200
    assert browser.get("/schedule", params={"past": "1", "until": day}).status_code == 200


def _asked(room: Newsroom, proxies: tuple[str, ...], forwarded: Callable[[int], str]) -> list[int]:
    """What six wrong passwords get, each said to be asked for by another."""
    server = uvicorn.Server(spoken(create(room.office), 1, proxies))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = Thread(target=server.run, args=[[listening]])
    thread.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/sign-in/password"
    try:
        return [
            httpx.post(
                url,
                data={"name": "zoe", "password": "wrong"},
                headers={"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": forwarded(number)},
                trust_env=False,
                timeout=10,
            ).status_code
            for number in range(6)
        ]
    finally:
        server.should_exit = True
        thread.join()


WAITS, WAITS_NOT = [*[403] * 5, 429], [403] * 6


def test_who_is_no_proxy_is_not_believed_whom_they_ask_for(room: Newsroom) -> None:
    assert _asked(room, (), "192.0.2.{}".format) == WAITS
    assert _asked(room, ("10.0.0.0/8",), "192.0.2.{}".format) == [429] * 6


def test_who_is_one_is_believed(room: Newsroom) -> None:
    assert _asked(room, ("127.0.0.0/8",), "192.0.2.{}".format) == WAITS_NOT


def test_behind_a_proxy_a_stranger_cannot_choose_who_they_are(room: Newsroom) -> None:
    assert _asked(room, ("127.0.0.0/8",), "192.0.2.{}, 198.51.100.7".format) == WAITS


def test_what_is_no_address_is_nobody_s_own(room: Newsroom) -> None:
    assert _asked(room, ("127.0.0.0/8",), lambda number: f"nobody {number} {'x' * 500}") == WAITS
