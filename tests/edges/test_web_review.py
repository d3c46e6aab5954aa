"""What editors see and what their forms do, on a real database, over HTTP."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.crosspost import Approval, State
from relay.core.people import Role
from relay.core.route import ApprovalRule
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.feeds import editions


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def test_a_yes_is_for_the_revision_that_was_on_the_page(room: Newsroom) -> None:
    answer = room.editor().post("/review/1/approve?state=waiting", data={"revision": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/2?state=waiting&done=1&did=approve")
    assert room.crosspost(1).state is State.APPROVED
    assert room.crosspost(1).approvals == (Approval("camille", NOON, 1),)
    assert room.nudged == ["deliver"]


def test_after_a_yes_the_page_says_when_it_leaves_and_how_to_take_it_back(room: Newsroom) -> None:
    browser = room.editor()
    shown = browser.get(browser.post("/review/1/approve?state=waiting", data={"revision": "1"}).headers["location"])
    assert "Approuvé. Départ à 12:01 (Paris)." in shown.text
    assert 'action="/review/1/recall?state=waiting"' in shown.text
    assert "data-seconds>60<" in shown.text


def test_a_yes_can_be_taken_back(room: Newsroom) -> None:
    browser = room.editor()
    browser.post("/review/1/approve", data={"revision": "1"})
    browser.post("/review/1/recall", data={"revision": "1"})
    assert room.crosspost(1).state is State.WAITING
    assert room.crosspost(1).approvals == ()


def test_a_yes_for_words_that_have_changed_is_refused(room: Newsroom) -> None:
    room.editor("remi", Role.WRITER).post("/review/1/edit", data={"revision": "1", "text": "Autre chose"})
    answer = room.editor().post("/review/1/approve", data={"revision": "1"})
    assert answer.status_code == 409
    assert "Le texte a changé depuis (révision 2)" in answer.text
    assert room.crosspost(1).state is State.WAITING


def test_a_form_made_for_other_words_is_refused_whatever_it_asks(room: Newsroom) -> None:
    room.editor("remi", Role.WRITER).post("/review/1/edit", data={"revision": "1", "text": "Autre chose"})
    answer = room.editor().post("/review/1/hold", data={"revision": "1"})
    assert answer.status_code == 409
    assert room.crosspost(1).state is State.WAITING


def test_new_words_void_the_yes(room: Newsroom) -> None:
    browser = room.editor()
    browser.post("/review/1/approve", data={"revision": "1"})
    browser.post("/review/1/edit", data={"revision": "1", "text": "Mieux dit\r\nen deux lignes"})
    edited = room.crosspost(1)
    assert (edited.state, edited.revision, edited.approvals) == (State.WAITING, 2, ())
    assert edited.draft.text == "Mieux dit\nen deux lignes"


def test_words_that_are_refused_stay_in_the_box(room: Newsroom) -> None:
    room.editor("remi", Role.WRITER).post("/review/1/edit", data={"revision": "1", "text": "Plus vite"})
    answer = room.editor().post("/review/1/edit", data={"revision": "1", "text": "Une heure de travail & <plus>"})
    assert answer.status_code == 409
    assert "Une heure de travail &amp; &lt;plus&gt;</textarea>" in answer.text
    assert room.crosspost(1).draft.text == "Plus vite"


def test_nobody_approves_their_own_words(room: Newsroom) -> None:
    browser = room.editor()
    browser.post("/review/1/edit", data={"revision": "1", "text": "Mes mots"})
    shown = browser.get("/review/1").text
    assert "Ce texte est de camille" in shown
    assert "/review/1/approve" not in shown


def test_a_refusal_needs_a_reason_and_the_history_keeps_it(room: Newsroom) -> None:
    browser = room.editor()
    assert browser.post("/review/1/reject", data={"revision": "1", "reason": " "}).status_code == 409
    assert browser.post("/review/1/reject", data={"revision": "1", "reason": "Hors sujet"}).status_code == 303
    assert room.history(1)[-1].what == "reject: Hors sujet"
    assert "refusé : Hors sujet" in browser.get("/review/1").text


def test_two_yeses_are_counted_one_by_one(tmp_path: Path) -> None:
    with open_newsroom(tmp_path, ApprovalRule(steps=("editor", "director"))) as room:
        browser = room.editor()
        first = browser.get(browser.post("/review/1/approve", data={"revision": "1"}).headers["location"])
        room.editor("dir", Role.DIRECTOR).post("/review/1/approve", data={"revision": "1"})
        assert "il en faut encore 1" in first.text
        assert room.crosspost(1).state is State.APPROVED


def test_words_too_long_for_the_network_cannot_be_approved(room: Newsroom) -> None:
    room.editor("remi", Role.WRITER).post("/review/1/edit", data={"revision": "1", "text": "é" * 501})
    browser = room.editor()
    assert browser.post("/review/1/approve", data={"revision": "2"}).status_code == 409
    assert "Le texte est trop long pour masto : 501 sur 500." in browser.get("/review/1").text


def test_a_viewer_sees_no_buttons_and_forms_are_refused(room: Newsroom) -> None:
    browser = room.editor("ana", Role.VIEWER)
    shown = browser.get("/review").text
    answers = [browser.post(f"/review/1/{name}", data={"revision": "1", "text": "x"}) for name in ("approve", "edit")]
    assert "/review/1/" not in shown
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (room.crosspost(1).state, room.crosspost(1).revision) == (State.WAITING, 1)


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
        (State.REJECTED, {"reopen"}),
        (State.SENT, set[str]()),
    ],
)
def test_each_state_offers_its_own_ways_out(room: Newsroom, state: State, offered: set[str]) -> None:
    room.change(1, state=state)
    shown = room.editor().get("/review/1").text
    names = {"approve", "edit", "hold", "reject", "recall", "reopen", "resume", "resubmit", "confirm", "give_up"}
    assert {name for name in names if f"/review/1/{name}" in shown} == offered


@pytest.mark.parametrize("path", ["/review/1/approve", "/review/1/reject", "/sign-out", "/count", "/review/1/recall"])
def test_following_a_link_never_changes_anything(room: Newsroom, path: str) -> None:
    browser = room.editor()
    assert browser.get(path).status_code in {404, 405}
    assert room.crosspost(1).state is State.WAITING
    assert browser.get("/review").status_code == 200


def test_the_queue_has_one_line_an_entry_and_a_tab_for_each_state(room: Newsroom) -> None:
    room.change(3, state=State.HELD)
    browser = room.editor()
    assert browser.get("/review/counts").json()["held"] == 1
    assert browser.get("/review").text.count('class="title"') == 5 + 0
    assert "cent premiers" in browser.get("/review?state=held").text


def test_after_the_last_one_everything_is_reviewed(room: Newsroom) -> None:
    room.editor()
    for id in range(2, 11):
        room.change(id, state=State.SENT)
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
    assert '<span class="mark">@anct@social.exemple.fr</span>' in shown
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
    assert answer.json() == [{"unit": "graphemes", "used": 34, "max": 500}]


def test_without_a_script_the_count_is_a_page_that_keeps_the_words(room: Newsroom) -> None:
    answer = room.editor().post("/count?state=waiting", data={"id": "1", "revision": "1", "text": "Trois mots ici"})
    assert "Trois mots ici</textarea>" in answer.text
    assert "<b>14</b>/500" in answer.text
    assert room.crosspost(1).revision == 1


def test_an_account_that_left_the_configuration_still_has_its_page(room: Newsroom) -> None:
    room.change(1, account="partie")
    shown = room.editor().get("/review/1").text
    assert "n’est plus dans la configuration" in shown


def test_the_recall_window_runs_out_on_the_page_too(room: Newsroom) -> None:
    browser = room.editor()
    after = browser.post("/review/1/approve", data={"revision": "1"}).headers["location"]
    room.clock.now += timedelta(seconds=61)
    assert "data-seconds" not in browser.get(after).text


@pytest.mark.parametrize("data", [{}, {"revision": "un"}, {"revision": "9" * 30}])
def test_a_form_without_its_revision_is_not_guessed_at(room: Newsroom, data: dict[str, str]) -> None:
    assert room.editor().post("/review/1/approve", data=data).status_code == 400
    assert room.crosspost(1).state is State.WAITING


def test_what_is_not_there_is_a_page_that_says_so(room: Newsroom) -> None:
    browser = room.editor()
    assert [browser.get(path).status_code for path in ("/review/999", "/review/x")] == [404, 404]
    assert browser.post("/review/1/explode", data={"revision": "1"}).status_code == 404
