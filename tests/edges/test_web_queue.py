"""What editors see: the queue, the source, the preview, and the ways out of each state."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relay.core.crosspost import State
from relay.core.people import Role
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.feeds import editions


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.WRITER, {"edit"}),
        (Role.EDITOR, {"approve", "edit", "changes", "hold", "reject"}),
        (Role.DIRECTOR, {"approve", "edit", "changes", "hold", "reject"}),
        (Role.ADMIN, set[str]()),
    ],
)
def test_each_role_is_offered_what_it_may_do(room: Newsroom, role: Role, offered: set[str]) -> None:
    shown = room.editor("quelqu-un", role).get("/review/1").text
    names = {"approve", "edit", "changes", "hold", "reject", "recall", "reopen", "resume", "resubmit", "confirm"}
    assert {name for name in names if f"/review/1/{name}" in shown} == offered


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.CHANGES, {"edit", "resubmit", "reject"}),
        (State.APPROVED, {"recall", "edit", "hold"}),
        (State.HELD, {"resume", "edit", "reject"}),
        (State.SENDING, set[str]()),
        (State.UNCONFIRMED, {"confirm", "give_up"}),
        (State.FAILED, {"edit", "resubmit", "reject"}),
        (State.REJECTED, set[str]()),
        (State.EXPIRED, {"reopen"}),
        (State.SENT, set[str]()),
    ],
)
def test_each_state_offers_its_own_ways_out(room: Newsroom, state: State, offered: set[str]) -> None:
    room.change(1, state=state)
    shown = room.editor().get("/review/1").text
    names = {"approve", "edit", "hold", "reject", "recall", "reopen", "resume", "resubmit", "confirm", "give_up"}
    assert {name for name in names if f"/review/1/{name}" in shown} == offered


def test_a_refusal_is_reopened_by_a_director(room: Newsroom) -> None:
    room.change(1, state=State.REJECTED)
    assert "/review/1/reopen" in room.editor("didier", Role.DIRECTOR).get("/review/1").text


def test_the_queue_has_one_line_an_entry_and_a_tab_for_each_state(room: Newsroom) -> None:
    room.change(3, 4, state=State.HELD)
    browser = room.editor()
    assert browser.get("/review/counts").json()["held"] == 2
    assert browser.get("/review").text.count('class="title"') == 4
    assert "cent premiers" in browser.get("/review?state=held").text


def test_after_the_last_one_everything_is_reviewed(room: Newsroom) -> None:
    room.change(*range(2, 11), state=State.SENT)
    browser = room.editor()
    after = browser.post("/review/1/approve?state=waiting", data={"revision": "1"}).headers["location"]
    assert after == "/review?state=waiting&done=1&did=approve"
    assert "Tout est relu." in browser.get(after).text


def test_a_long_queue_comes_in_pages_that_miss_nothing(room: Newsroom) -> None:
    for number in range(40):
        room.publish_entry(
            editions.post(0, id=f"tag:x,{number}", slug=f"x-{number}", more_url=f"https://x.fr/{number}")
        )
    browser = room.editor()
    first, second = browser.get("/review").text, browser.get("/review?state=waiting&after=40").text
    assert "&amp;after=40" in first
    assert [page.count('<span class="title"') for page in (first, second)] == [40, 5]


def test_the_preview_marks_what_the_network_marks(room: Newsroom) -> None:
    shown = room.editor().get("/review/1").text
    assert '<span class="mark">@anct</span>' in shown  # as Mastodon draws it, without the server
    assert '<span class="mark">#PolitiqueDeLaVille</span>' in shown
    assert '<p class="words" lang="fr">' in shown


def test_the_source_cannot_write_into_the_page(room: Newsroom) -> None:
    room.publish_entry(editions.post(0, id="tag:x,1", slug="x", more_url="https://x.fr/", headline="<script>alert(1)"))
    shown = room.editor().get("/review/11").text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_text_is_counted_as_the_network_counts(room: Newsroom) -> None:
    text = "é" * 10 + " https://blog.exemple.fr/une-adresse-qui-est-bien-longue"
    answer = room.editor().post("/count", data={"account": "masto", "text": text})
    assert answer.json() == [{"post": 1, "unit": "graphemes", "used": 34, "max": 500}]


def test_without_a_script_the_count_is_a_page_that_keeps_the_words(room: Newsroom) -> None:
    answer = room.editor().post("/count?state=waiting", data={"id": "1", "revision": "1", "text": "Trois mots ici"})
    assert "Trois mots ici</textarea>" in answer.text
    assert "<b>14</b>/500" in answer.text
    assert room.crosspost(1).revision == 1


def test_an_account_that_left_the_configuration_still_has_its_page(room: Newsroom) -> None:
    room.change(1, account="partie")
    shown = room.editor().get("/review/1").text
    assert "n’est plus dans la configuration" in shown


def test_what_is_not_there_is_a_page_that_says_so(room: Newsroom) -> None:
    browser = room.editor()
    assert [browser.get(path).status_code for path in ("/review/999", "/review/x")] == [404, 404]
    assert browser.post("/review/1/explode", data={"revision": "1"}).status_code == 404
