"""What editors do by forms, on a real database, over HTTP."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.crosspost import Approval, State
from relay.core.people import Role
from relay.core.route import ApprovalRule
from tests.edges.newsroom import NOON, Newsroom, open_newsroom


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


@pytest.mark.parametrize("path", ["/review/1/approve", "/review/1/reject", "/sign-out", "/count", "/review/1/recall"])
def test_following_a_link_never_changes_anything(room: Newsroom, path: str) -> None:
    browser = room.editor()
    assert browser.get(path).status_code in {404, 405}
    assert room.crosspost(1).state is State.WAITING
    assert browser.get("/review").status_code == 200


def test_the_recall_window_runs_out_on_the_page_too(room: Newsroom) -> None:
    browser = room.editor()
    after = browser.post("/review/1/approve", data={"revision": "1"}).headers["location"]
    room.clock.now += timedelta(seconds=61)
    assert "data-seconds" not in browser.get(after).text


@pytest.mark.parametrize("data", [{}, {"revision": "un"}, {"revision": "9" * 30}])
def test_a_form_without_its_revision_is_not_guessed_at(room: Newsroom, data: dict[str, str]) -> None:
    assert room.editor().post("/review/1/approve", data=data).status_code == 400
    assert room.crosspost(1).state is State.WAITING


def test_where_editors_may_approve_their_own_words_the_page_says_so(tmp_path: Path, room: Newsroom) -> None:
    assert "self = true" not in room.editor().get("/review/1").text
    (tmp_path / "alone").mkdir()
    with open_newsroom(tmp_path / "alone", ApprovalRule(self_approval=True)) as alone:
        assert "everybody may approve their own words (self = true)" in alone.editor().get("/review/1?lang=en").text
