"""Every answer carries its guards: by the table of routes, so that a new address is asked for without being named."""

import socket
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from relay.core.people import Role
from relay.web import security
from tests.edges.newsroom import Newsroom
from tests.headers.asking import HTTP, HTTPS, METHODS, addresses, ask, member, opened, visitors
from tests.headers.rules import ALIKE, HSTS, wrong


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with opened(tmp_path_factory.mktemp("https"), HTTPS) as newsroom:
        yield newsroom


def test_every_answer_at_every_address_carries_its_guards(room: Newsroom) -> None:
    found: dict[str, list[str]] = {}
    statuses: set[int] = set()
    for who, browser in visitors(room).items():
        for method, address in product(METHODS, addresses(room)):
            if (method, address) == ("POST", "/sign-out"):
                continue  # it would be the last that this browser asked
            answer = ask(browser, method, address)
            statuses.add(answer.status_code)
            if said := wrong(answer, HTTPS):
                found[f"{who} {method} {address} {answer.status_code}"] = said
    assert found == {}
    assert {200, 303, 308, 400, 401, 403, 404, 405} <= statuses


def test_over_plain_http_nothing_is_promised_that_it_cannot_hold(tmp_path: Path) -> None:
    with opened(tmp_path, HTTP) as room:
        browser = room.visitor()
        answers = [
            browser.post(room.link("ada", Role.ADMIN)),
            browser.get("/review?lang=en"),
            browser.post("/sign-out"),
        ]
        assert [wrong(answer, HTTP) for answer in answers] == [[], [], []]
        assert all(answer.headers["set-cookie"] for answer in answers)


def test_every_cookie_is_of_this_host_alone(room: Newsroom) -> None:
    director = member(room, Role.DIRECTOR)
    answers = [director.get("/review?lang=en"), director.post("/sign-out")]
    names = {answer.headers["set-cookie"].partition("=")[0] for answer in answers}
    assert names == {"__Host-relay-language", "__Host-relay"}
    assert [wrong(answer, HTTPS) for answer in answers] == [[], []]


def test_what_is_too_large_carries_them_too(room: Newsroom) -> None:
    answer = room.visitor().post("/count", content=b"x" * 66_000)
    assert (answer.status_code, wrong(answer, HTTPS)) == (413, [])


def test_what_is_sent_from_elsewhere_is_refused_with_them(room: Newsroom) -> None:
    answer = room.visitor(Sec_Fetch_Site="cross-site").post("/review/1/approve")
    assert (answer.status_code, wrong(answer, HTTPS)) == (403, [])


def test_a_page_that_breaks_carries_them_too(tmp_path: Path) -> None:
    with opened(tmp_path, HTTPS) as room:
        browser = member(room, Role.EDITOR)
        with room.office.db.write() as tx:
            tx.exec_driver_sql("DROP TABLE sessions")
        answers = [browser.get("/review"), browser.get("/me"), browser.get("/live")]
    assert [(answer.status_code, wrong(answer, HTTPS)) for answer in answers] == [(500, [])] * 3


def test_what_is_no_http_is_refused_without_a_word_that_a_browser_could_read_as_a_page(room: Newsroom) -> None:
    with socket.create_connection((urlsplit(room.url).hostname, urlsplit(room.url).port), 5) as wire:
        wire.sendall(b"<script>alert(1)</script>\r\n\r\n")
        said = wire.recv(4096)
    assert said.startswith(b"HTTP/1.1 400")
    assert b"<script" not in said


EVIL = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "/%5cevil.example",
    "https:evil.example",
    "https://evil.example/review",
    "/review//evil.example",
    "/review@evil.example",
    "/queue\r\nLocation: https://evil.example",
    "javascript:alert(1)",
)
NAMES = (
    "next",
    "back",
    "to",
    "url",
    "redirect",
    "return",
    "state",
    "done",
    "did",
    "said",
    "lang",
    "tab",
    "at",
    "account",
)


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_that_is_sent_along_leads_to_another_site(room: Newsroom, evil: str) -> None:
    browser, sent = member(room, Role.DIRECTOR), dict.fromkeys(NAMES, evil)
    form = {**sent, "revision": "1", "reason": "Parce que"}
    answers = [browser.get(path, params=sent) for path in ("/", "/feeds/blog", "/accounts/callback", "/review/1")]
    answers += [
        browser.post(path, params=sent, data=form)
        for path in ("/keys/switch", "/keys", "/review/1/hold", "/review/1/resume", "/schedule/1", "/questions/1/yes")
    ]
    assert [wrong(answer, HTTPS) for answer in answers] == [[]] * len(answers)
    assert any(answer.is_redirect for answer in answers)


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "//evil.example/", "/%5Cevil.example/", "/%2Fevil.example/review/", "///evil.example/feeds/"],
)
def test_no_address_leads_to_another_site(room: Newsroom, path: str) -> None:
    address = httpx.URL(room.url).copy_with(raw_path=path.encode())
    assert wrong(room.visitor().get(address), HTTPS) == []


PLANTED = {
    **{name: (name, "") for name in ALIKE},
    HSTS: (HSTS, None),
    "no policy": ("content-security-policy", None),
    "that of what is published": ("content-security-policy", security.DATA),
    "unsafe": ("content-security-policy", security.PAGE + "; script-src 'unsafe-inline'"),
    "away": ("location", "/\\evil.example"),
    "a cookie for scripts": ("set-cookie", "__Host-relay=x; Path=/; Secure; SameSite=lax"),
    "a cookie of no host": ("set-cookie", "relay=x; Path=/; Secure; HttpOnly; SameSite=lax"),
    "a cookie for all sites": ("set-cookie", "__Host-relay=x; Path=/; Secure; HttpOnly; SameSite=None"),
}


@pytest.mark.parametrize("plant", sorted(PLANTED))
def test_what_is_wrong_is_found(room: Newsroom, plant: str) -> None:
    answer = room.visitor().get("/")
    assert wrong(answer, HTTPS) == []
    name, value = PLANTED[plant]
    answer.headers.pop(name, None)
    answer.headers.update({name: value} if value is not None else {})
    assert len(wrong(answer, HTTPS)) == 1


@pytest.mark.parametrize(
    "planted",
    [
        "<script>1</script>",
        "<style>a{}</style>",
        "<p onclick=x>",
        "<p style='a:b'>",
        "<a href='javascript:x'>",
        "<iframe srcdoc=x>",
    ],
)
def test_what_is_written_into_a_page_is_found(planted: str) -> None:
    page = httpx.Response(200, html=f"<!doctype html><p>Une page</p>{planted}", request=httpx.Request("GET", HTTPS))
    page.headers.update({"content-security-policy": security.PAGE, HSTS: "max-age=1", **ALIKE})
    assert len(wrong(page, HTTPS)) == 1
