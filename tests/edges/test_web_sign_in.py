"""Who gets in, how, and for how long; and which forms are taken at all."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.people import Editor, Role
from relay.storage import people
from tests.edges.newsroom import Newsroom, open_newsroom


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def test_nobody_sees_the_queue_without_signing_in(room: Newsroom) -> None:
    answer = room.visitor().get("/review")
    assert answer.status_code == 401
    assert "relay user link" in answer.text
    assert "Quartiers" not in answer.text


def test_opening_the_address_does_not_use_it_up(room: Newsroom) -> None:
    address, browser = room.link("camille"), room.visitor()
    assert [browser.get(address).status_code, browser.head(address).status_code] == [200, 200]
    assert browser.post(address).headers["location"] == "/review"


def test_an_address_works_once(room: Newsroom) -> None:
    address = room.link("camille")
    assert room.visitor().post(address).status_code == 303
    again = room.visitor().post(address)
    assert again.status_code == 403
    assert "a déjà servi" in again.text
    assert "set-cookie" not in again.headers


def test_an_address_works_for_fifteen_minutes(room: Newsroom) -> None:
    address = room.link("camille")
    room.clock.now += timedelta(minutes=15)
    assert room.visitor().post(address).status_code == 403


def test_a_session_lasts_thirty_days(room: Newsroom) -> None:
    browser = room.editor()
    for _ in range(5):
        room.clock.now += timedelta(days=6) - timedelta(seconds=1)
        assert browser.get("/review").status_code == 200
    room.clock.now += timedelta(seconds=4)
    assert browser.get("/review").status_code == 200
    room.clock.now += timedelta(seconds=1)
    assert browser.get("/review").status_code == 401


def test_a_session_that_nobody_uses_lasts_a_week(room: Newsroom) -> None:
    used, idle = room.editor("camille"), room.editor("camille")
    room.clock.now += timedelta(days=7) - timedelta(seconds=1)
    assert used.get("/review").status_code == 200
    room.clock.now += timedelta(seconds=1)
    assert [used.get("/review").status_code, idle.get("/review").status_code] == [200, 401]


def test_signing_in_again_makes_a_new_session_and_ends_the_one_before(room: Newsroom) -> None:
    browser = room.editor("camille")
    before = browser.cookies["relay"]
    assert browser.post(room.link("camille")).status_code == 303
    assert browser.cookies["relay"] != before
    assert room.visitor(Cookie=f"relay={before}").get("/review").status_code == 401


def test_another_role_counts_from_the_next_click_on(room: Newsroom) -> None:
    browser = room.editor("camille")
    with room.office.db.write() as tx:
        people.change(tx, Editor("camille", Role.VIEWER))
    answer = browser.post("/review/1/approve", data={"revision": "1"})
    assert (answer.status_code, room.crosspost(1).state) == (403, "waiting")


def test_coming_in_and_going_out_are_in_the_audit(room: Newsroom) -> None:
    browser = room.editor("camille")
    browser.post("/sign-out")
    assert room.told("member camille") == ["signed in: link", "signed out"]


def test_scripts_and_other_sites_do_not_get_the_cookie(room: Newsroom) -> None:
    cookie = room.visitor().post(room.link("camille")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_over_https_the_cookie_is_secure_and_of_this_host(tmp_path: Path) -> None:
    with open_newsroom(tmp_path, public_url="https://relay.exemple.fr") as room:
        answer = room.visitor().post(room.link("camille"))
    assert answer.headers["set-cookie"].startswith("__Host-relay=")
    assert "; Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_signing_out_ends_the_session_on_the_server_too(room: Newsroom) -> None:
    browser = room.editor()
    kept = dict(browser.cookies)
    assert browser.post("/sign-out").status_code == 303
    assert room.visitor(Cookie=f"relay={kept['relay']}").get("/review").status_code == 401


def test_a_disabled_editor_is_out_at_once(room: Newsroom) -> None:
    browser = room.editor("camille")
    with room.office.db.write() as tx:
        people.disable(tx, "camille")
    assert browser.get("/review").status_code == 401


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])
def test_a_form_from_another_site_does_nothing(room: Newsroom, headers: dict[str, str]) -> None:
    answer = room.editor().post("/review/1/approve", data={"revision": "1"}, headers=headers)
    assert answer.status_code == 403
    assert "autre site" in answer.text
    assert room.crosspost(1).state == "waiting"


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", ""])
def test_without_fetch_metadata_the_origin_must_be_ours(room: Newsroom, origin: str) -> None:
    browser = room.editor()
    del browser.headers["Sec-Fetch-Site"]
    answer = browser.post("/review/1/approve", data={"revision": "1"}, headers={"Origin": origin})
    assert answer.status_code == 403


def test_an_older_browser_is_known_by_its_origin(room: Newsroom) -> None:
    browser = room.editor()
    del browser.headers["Sec-Fetch-Site"]
    answer = browser.post("/review/1/approve", data={"revision": "1"}, headers={"Origin": room.url})
    assert answer.status_code == 303


@pytest.mark.parametrize("path", ["/", "/c/x", "/review", "/feeds/", "/health", "/static/review.js", "/nowhere"])
def test_every_response_carries_the_guards(room: Newsroom, path: str) -> None:
    headers = room.visitor().get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"


def test_pages_of_editors_are_never_stored_on_the_way(room: Newsroom) -> None:
    assert room.editor().get("/review").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/review", "/review/1", "/queue", "/queue/look?id=1", "/sources", "/d/any"])
def test_no_page_may_show_a_picture_from_elsewhere(room: Newsroom, path: str) -> None:
    assert "img-src 'self';" in room.editor().get(path).headers["content-security-policy"]


def test_sources_are_for_who_is_signed_in(room: Newsroom) -> None:
    assert room.visitor().get("/sources").status_code == 401
    assert "https://anct.exemple.fr/rss.xml" in room.editor("ana", Role.VIEWER).get("/sources").text


def test_the_page_speaks_the_language_last_asked_for(room: Newsroom) -> None:
    browser = room.editor()
    assert '<html lang="fr">' in browser.get("/review").text
    assert '<html lang="en">' in browser.get("/review?lang=en").text
    assert "To review" in browser.get("/review").text


def test_a_form_that_is_far_too_large_is_not_read(room: Newsroom) -> None:
    answer = room.editor().post("/review/1/edit", data={"revision": "1", "text": "é" * 300_000})
    assert answer.status_code == 413
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert room.crosspost(1).revision == 1


def test_a_page_that_breaks_says_so_without_a_traceback(room: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    browser = room.editor()
    with room.office.db.write() as tx:
        tx.exec_driver_sql("DROP TABLE audit")
    answer = browser.get("/review")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
