"""Whatever is sent to whatever address by whomever, relay answers, soon, and does not break."""

from collections.abc import Iterator
from time import sleep

import pytest

from relay.web import documents, pages, review
from tests.fuzz.attempts import Attempt, attempts
from tests.fuzz.house import PRINCIPALS, House, open_house
from tests.fuzz.requests import run
from tests.fuzz.sending import Answer, listening, send, wrong
from tests.fuzz.table import table

SHORT = 1500
HOST = (b"Host", b"localhost")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), 0) as made:
        yield made


def get(path: str) -> Attempt:
    return Attempt(("GET", path), "anonymous", "GET", path.encode(), (HOST,))


def test_no_garbage_at_any_address_breaks_anything(house: House) -> None:
    report = run(house, attempts(house, 0, SHORT), patience=15)  # a machine that tests have to themselves is rare
    assert report.wrong == {}
    assert report.asked == {(method, path) for method, path, _ in table()}
    assert len(report.reached) >= 50
    assert {200, 303, 400, 401, 403, 404, 405, 409} <= {*report.statuses}


def test_every_kind_of_member_and_program_is_among_those_who_send(house: House) -> None:
    house.renew()
    assert {one.principal for one in attempts(house, 1, 500)} == {*PRINCIPALS}


def test_the_same_seed_sends_the_same(house: House) -> None:
    once = [one.written for one in attempts(house, 7, 50)]
    assert once == [one.written for one in attempts(house, 7, 50)]
    assert once != [one.written for one in attempts(house, 8, 50)]


def test_a_form_that_is_cut_off_leaves_no_trace_in_the_log(house: House) -> None:
    length = (b"Content-Length", b"90"), (b"Content-Type", b"application/x-www-form-urlencoded")
    own = (HOST, (b"Sec-Fetch-Site", b"same-origin"), *length)
    cut = Attempt(("POST", "/sign-in/link"), "anonymous", "POST", b"/sign-in/link", own, b"email=a", is_cut=True)
    with listening() as heard:
        send(house.url, cut)
        send(house.url, get("/"))
    assert heard.lines == []


def test_a_page_that_breaks_is_found(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "number", int)
    every = (one for seed in range(4) for one in attempts(house, seed, SHORT))
    found = run(house, (one for one in every if one.route == ("GET", "/review/{id}"))).wrong
    assert "status 500" in found
    assert any("ValueError" in what for what in found)


def test_a_page_that_hangs_is_found(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "find", lambda *_: sleep(1))
    report = run(house, [get("/static/style.css")], patience=0.2)
    assert "no end of it in 0.2 s" in report.wrong
    sleep(1)


def test_a_page_that_tells_of_its_insides_is_found(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "language", lambda _: "en")
    monkeypatch.setattr(pages, "speaker", lambda _: lambda word, **_ignored: f"{word} in /lib/site-packages/x")
    assert any(what.startswith("tells of its insides") for what in run(house, [get("/nothing")]).wrong)


@pytest.mark.parametrize(
    ("status", "body", "is_cut", "is_wrong"),
    [
        (200, b"<p>", False, False),
        (501, b"", False, True),
        (503, b"", False, True),
        (0, b"", False, True),
        (0, b"", True, False),
        (404, b'Traceback (most recent call last):\n  File "/a.py"', False, True),
        (400, b"sqlalchemy.exc.IntegrityError", False, True),
    ],
)
def test_what_is_wrong(status: int, body: bytes, *, is_cut: bool, is_wrong: bool) -> None:
    attempt = Attempt(("GET", "/"), "anonymous", "GET", b"/", is_cut=is_cut)
    assert bool(wrong(attempt, Answer(status, body, 0.1))) is is_wrong
