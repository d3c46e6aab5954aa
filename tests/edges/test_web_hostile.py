"""Requests that nobody sends by mistake: each is answered, none breaks a page or says too much."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from relay.storage import sessions
from tests.edges.newsroom import Newsroom, open_newsroom, served


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        (newsroom.office.feeds / "blog").mkdir(parents=True)
        (newsroom.office.feeds / "blog" / "atom.xml").write_bytes(b"<feed/>")
        yield newsroom


def raw(room: Newsroom, path: str) -> httpx.URL:
    return httpx.URL(room.url).copy_with(raw_path=path.encode())


@pytest.mark.parametrize(
    "path",
    [
        "/review/" + "9" * 18,
        "/review/" + "9" * 30,
        "/review/" + "9" * 5000,
        "/review/-1",
        "/review/%D9%A1",
        "/static/" + "a" * 300 + ".css",
        "/feeds/blog/" + "a" * 300 + ".xml",
        "/feeds/blog/" + "a/" * 3000 + "b.xml",
    ],
)
def test_an_address_beyond_all_measure_is_not_found(room: Newsroom, path: str) -> None:
    assert room.editor().get(raw(room, path)).status_code == 404


def test_an_action_on_a_number_beyond_all_measure_is_not_found(room: Newsroom) -> None:
    assert room.editor().post(f"/review/{'9' * 30}/approve", data={"revision": "1"}).status_code == 404


@pytest.mark.parametrize(
    "since",
    [
        "Mon, 21 Sep 2026 14:13:20 +99999999999999999",
        "Mon, 01 Jan 0001 00:00:00 +2300",
        "Fri, 31 Dec 9999 23:59:59 -2300",
        "Mon, 21 Sep 99999999999999999999 14:13:20 GMT",
    ],
)
def test_a_date_beyond_all_measure_is_no_date(room: Newsroom, since: str) -> None:
    answer = room.visitor().get("/feeds/blog/atom.xml", headers={"If-Modified-Since": since})
    assert answer.status_code in {200, 304}


@pytest.mark.parametrize(
    "path", ["//ailleurs.example/x", "///ailleurs.example", "/%5Cailleurs.example", "/%2Failleurs.example"]
)
def test_no_link_of_an_error_page_leads_elsewhere(room: Newsroom, path: str) -> None:
    shown = room.visitor().get(raw(room, path)).text
    assert 'href="/ailleurs.example' in shown or 'href="/%' in shown
    assert 'href="//' not in shown
    assert 'href="/\\' not in shown


def test_characters_that_nobody_sees_do_not_enter_a_text(room: Newsroom) -> None:
    room.editor().post("/review/1/edit", data={"revision": "1", "text": "Une\x00 \x1b[31mnouvelle\r\nici"})
    assert room.crosspost(1).draft.text == "Une [31mnouvelle\nici"


def test_characters_that_nobody_sees_do_not_enter_a_reason(room: Newsroom) -> None:
    room.editor().post("/review/1/reject", data={"revision": "1", "reason": "Déjà\x00 dit"})
    assert room.crosspost(1).note == "Déjà dit"


def test_what_an_editor_types_is_shown_and_never_run(room: Newsroom) -> None:
    words = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    shown = room.editor().post("/count", data={"id": "1", "text": words})
    assert shown.status_code == 200
    assert "<script>alert" not in shown.text
    assert "<img src=x" not in shown.text


LONG = "mot " * 5001


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Un texte a 20000 caractères au plus ; celui-ci en a 20004."),
        ("en", "A text has at most 20000 characters; this one has 20004."),
    ],
)
def test_a_text_beyond_all_measure_is_refused_in_a_sentence(room: Newsroom, language: str, said: str) -> None:
    browser = room.editor()
    before = room.crosspost(1)
    edited = browser.post(f"/review/1/edit?lang={language}", data={"revision": "1", "text": LONG})
    counted = browser.post(f"/count?lang={language}", data={"id": "1", "text": LONG})
    live = browser.post(f"/count?lang={language}", data={"account": before.account, "text": LONG})

    assert (edited.status_code, counted.status_code, live.status_code) == (409, 413, 413)
    assert said in edited.text
    assert said in counted.text
    assert live.json() == {"refused": said}
    assert room.crosspost(1) == before


def test_a_text_of_the_longest_is_counted(room: Newsroom) -> None:
    counted = room.editor().post("/count", data={"account": room.crosspost(1).account, "text": LONG[:20_000]})
    assert counted.status_code == 200


def test_whoever_signs_in_anew_leaves_no_old_session_behind(room: Newsroom) -> None:
    browser = room.editor("camille")
    old = browser.cookies["relay"]
    browser.post(room.link("remi"))
    assert browser.cookies["relay"] != old
    with room.office.db.read() as tx:
        assert sessions.editor(tx, old, room.clock())[0] is None


def test_a_session_that_somebody_else_chose_is_never_taken_up(room: Newsroom) -> None:
    browser = room.visitor(Cookie="relay=chosen")
    browser.post(room.link("camille"))
    assert room.visitor(Cookie="relay=chosen").get("/review").status_code == 401


def test_over_https_every_cookie_is_secure(tmp_path: Path) -> None:
    with open_newsroom(tmp_path, public_url="https://relay.exemple.fr") as room:
        cookie = room.visitor().get("/?lang=en").headers["set-cookie"]
    assert "; Secure" in cookie


def test_a_page_that_breaks_carries_every_guard(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with open_newsroom(tmp_path, public_url="https://relay.exemple.fr") as room:
        browser = room.visitor(Cookie="__Host-relay=x")
        with room.office.db.write() as tx:
            tx.exec_driver_sql("DROP TABLE sessions")
        answer = browser.get("/review")
    assert answer.status_code == 500
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.headers["cache-control"] == "no-store"


def test_a_method_that_is_not_taken_is_told_which_are(room: Newsroom) -> None:
    answer = room.visitor().put("/review")
    assert (answer.status_code, sorted(answer.headers["allow"].split(", "))) == (405, ["GET", "HEAD"])


def test_a_feed_is_a_document_and_no_page(room: Newsroom) -> None:
    policy = room.visitor().get("/feeds/blog/atom.xml").headers["content-security-policy"]
    assert policy.endswith("; sandbox")


@pytest.mark.parametrize("asked", ["{n}-", "-{n}", "0-{n}", "{n}-{n}"])
def test_a_part_beyond_all_measure_is_the_whole(room: Newsroom, asked: str) -> None:
    picture = f"{'a' * 32}-page.jpg"
    (room.office.feeds / "blog" / "pictures").mkdir()
    (room.office.feeds / "blog" / "pictures" / picture).write_bytes(b"whole")
    wanted = f"bytes={asked.format(n='9' * 5000)}"
    answer = room.visitor().get(f"/feeds/blog/pictures/{picture}", headers={"Range": wanted})
    assert (answer.status_code, answer.content) == (200, b"whole")


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("https://exemple.fr/œuvres/", "https://exemple.fr/%C5%93uvres/"),
        ("https://日本.example/", "https://%E6%97%A5%E6%9C%AC.example/"),
        ("https://exemple.fr/a>b/", "https://exemple.fr/a%3Eb/"),
        ("https://exemple.fr/a%20b/?x=1&y=~", "https://exemple.fr/a%20b/?x=1&y=~"),
    ],
)
def test_an_address_with_letters_of_any_kind_stands_in_a_header_in_ascii(
    tmp_path: Path, link: str, written: str
) -> None:
    with open_newsroom(tmp_path) as room:
        feed = replace(room.office.desk.feeds[0], link=link, hubs=(f"{link}hub",))
        office = replace(room.office, desk=replace(room.office.desk, feeds=(feed,)))
        (office.feeds / "blog").mkdir(parents=True)
        (office.feeds / "blog" / "atom.xml").write_bytes(b"<feed/>")
        with served(office) as url:
            answer = httpx.get(f"{url}/feeds/blog/atom.xml", trust_env=False)
    assert answer.status_code == 200
    assert answer.headers["link"] == f'<{written}hub>; rel="hub", <{written}atom.xml>; rel="self"'
