"""Two web processes are one service: what is begun at one is gone on with at the other."""

import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
from sqlalchemy import select, update

from relay.core.crosspost import State
from relay.core.signing.waiting import MANY
from relay.storage import crossposts
from relay.storage.tables.people import tries
from tests.scale.device import Device
from tests.scale.pair import Browser, Pair

ONE, OTHER = 0, 1
PASSWORD = "cheval agrafe pile"
SOON = 2.0
"""Seconds within which a page knows of what was decided at the other process."""


def test_a_session_of_one_is_good_at_the_other_and_ends_at_both(both: Pair) -> None:
    browser = both.member("anne")
    kept = browser.client.cookies["relay"]
    assert [browser.get(at, "/review").status_code for at in (ONE, OTHER)] == [200, 200]
    assert browser.post(OTHER, "/sign-out").status_code == 303
    stolen = both.browser()
    stolen.client.headers["Cookie"] = f"relay={kept}"
    assert [stolen.get(at, "/review").status_code for at in (ONE, OTHER)] == [401, 401]


def test_a_sign_in_address_is_used_once_at_either(both: Pair) -> None:
    both.member("bruno")
    address = both.link("bruno")
    assert both.browser().get(ONE, address).status_code == 200
    assert both.browser().post(OTHER, address).status_code == 303
    assert both.browser().post(ONE, address).status_code == 403


def test_of_two_who_use_one_address_at_the_same_moment_one_is_in(both: Pair) -> None:
    both.member("blanche")
    for _ in range(5):
        address, found = both.link("blanche"), list[int]()
        at_once = [threading.Thread(target=_enter, args=(both.browser(), at, address, found)) for at in (ONE, OTHER)]
        for one in at_once:
            one.start()
        for one in at_once:
            one.join()
        assert sorted(found) == [303, 403]


def _enter(browser: Browser, at: int, address: str, found: list[int]) -> None:
    found.append(browser.post(at, address).status_code)


def test_a_form_that_one_gave_is_taken_by_the_other_once(both: Pair) -> None:
    browser, post = both.member("chloe"), both.waiting("formulaire")
    assert f"/review/{post.id}" in browser.get(ONE, f"/review/{post.id}").text
    said = {"revision": "1"}
    assert browser.post(OTHER, f"/review/{post.id}/approve", said).status_code == 303
    assert browser.post(ONE, f"/review/{post.id}/approve", said).status_code == 409
    with both.db.read() as tx:
        found = crossposts.get(tx, post.id)
    assert found
    assert (found.state, len(found.approvals)) == (State.APPROVED, 1)


def test_a_form_of_another_site_is_refused_by_either(both: Pair) -> None:
    browser, post = both.member("denis"), both.waiting("ailleurs")
    browser.client.headers["Origin"] = "https://ailleurs.example"
    answers = [browser.post(at, f"/review/{post.id}/approve", {"revision": "1"}) for at in (ONE, OTHER)]
    assert [answer.status_code for answer in answers] == [403, 403]


def test_what_is_decided_at_one_is_seen_on_a_page_of_the_other(both: Pair) -> None:
    watching, judging = both.member("elise"), both.member("farid")
    post, heard = both.waiting("en-direct"), threading.Event()
    with watching.client.stream("GET", both.urls[ONE] + "/live") as stream:
        lines = stream.iter_lines()
        assert next(lines)
        listening = threading.Thread(target=_listen, args=(lines, f"{post.id}", heard), daemon=True)
        listening.start()
        time.sleep(0.2)
        assert judging.post(OTHER, f"/review/{post.id}/approve", {"revision": "1"}).status_code == 303
        began = time.monotonic()
        assert heard.wait(10)
        took = time.monotonic() - began
    assert took < SOON


def _listen(lines: Iterator[str], id: str, heard: threading.Event) -> None:
    for line in lines:
        if line.startswith("data:") and id in line:
            heard.set()
            return


def test_errors_at_one_count_at_the_other(both: Pair) -> None:
    browser = both.member("gilles")
    assert browser.post(ONE, "/me/password", {"new": PASSWORD}).status_code == 303
    assert [_try(both.browser(), at, "gilles", "wrong").status_code for at in (ONE, OTHER)] == [403, 403]
    with both.db.write() as tx:
        counted = tx.execute(select(tries.c.amount)).scalars().all()
        tx.execute(update(tries).values(amount=MANY))  # what some more would come to, without the wait for each
    assert counted == [2] * len(counted)
    assert [_try(both.browser(), at, "gilles", PASSWORD).status_code for at in (ONE, OTHER)] == [429, 429]


def _try(browser: Browser, at: int, name: str, password: str) -> httpx.Response:
    return browser.post(at, "/sign-in/password", {"name": name, "password": password})


def test_a_password_of_one_is_good_at_the_other(both: Pair) -> None:
    both.member("hugo").post(ONE, "/me/password", {"new": PASSWORD})
    assert _try(both.browser(), OTHER, "hugo", PASSWORD).headers["location"] == "/review"


def test_a_passkey_is_made_and_used_across_both(both: Pair) -> None:
    member, device = both.member("ines"), Device(both.public)
    asked = member.post(ONE, "/me/passkeys/begin").json()["challenge"]
    made = {"credential": device.made(asked), "challenge": asked, "name": "téléphone"}
    assert member.post(OTHER, "/me/passkeys", made).json() == {"to": "/me?did=passkey"}
    assert member.post(ONE, "/me/passkeys", made).status_code == 403

    browser = both.browser()
    challenge = browser.post(OTHER, "/sign-in/passkey/begin").json()["challenge"]
    answer = {"credential": device.signed(challenge)}
    assert browser.post(ONE, "/sign-in/passkey", answer).json() == {"to": "/review"}
    assert "ines" in browser.get(OTHER, "/me").text
    assert both.browser().post(OTHER, "/sign-in/passkey", answer).status_code == 403


def test_whom_a_provider_vouches_for_is_in_at_the_other_than_they_left_from(both: Pair) -> None:
    both.member("jeanne", email="camille@blog.example")
    browser = both.browser()
    there = browser.get(ONE, "/sign-in/provider")
    back = urlsplit(httpx.get(there.headers["location"], trust_env=False).headers["location"])
    path = f"{back.path}?{back.query}"
    assert browser.get(OTHER, path).status_code == 200
    assert "jeanne" in browser.get(ONE, "/me").text
    assert both.browser().get(ONE, path).status_code == 403
