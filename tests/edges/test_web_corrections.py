"""What is public, on the editors' page: corrected, taken back, and never without a yes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.crosspost import State
from relay.core.outcome import Refused
from relay.core.people import Role
from relay.web.differing import Change, changes
from tests.edges.newsroom import Newsroom
from tests.edges.publics import EDITOR, Publics, open_publics
from tests.edges.test_web_sources import text_of

FORM = {"revision": "2"}


@pytest.fixture
def publics(tmp_path: Path) -> Iterator[Publics]:
    with open_publics(tmp_path) as opened:
        yield opened


@pytest.fixture
def sent(publics: Publics) -> Publics:
    """Cross-post 1 is public, in its second revision."""
    publics.publish("Dix mesures pour les quartiers")
    return publics


def offered(room: Newsroom, role: Role = Role.EDITOR) -> set[str]:
    shown = room.editor(f"a-{role}", role).get("/review/1").text
    beside = {"alt", "remark", "picture", "waive"}
    return {part.split("?")[0] for part in shown.split('action="/review/1/')[1:]} - beside


def test_what_is_public_leads_to_its_place_and_can_be_corrected_or_withdrawn(sent: Publics) -> None:
    shown = sent.room.editor().get("/review/1").text
    assert 'href="https://pinboard.example/1"' in shown
    assert "Ce qui a été publié" in shown
    assert offered(sent.room) == {"correct", "withdraw"}
    assert offered(sent.room, Role.WRITER) == {"correct"}
    assert offered(sent.room, Role.VIEWER) == set()


def test_a_correction_changes_nothing_until_somebody_else_says_yes(sent: Publics) -> None:
    writer, browser = sent.room.editor("remi", Role.WRITER), sent.room.editor()
    answer = writer.post("/review/1/correct", data={**FORM, "text": "Douze mesures pour les quartiers"})
    assert answer.headers["location"] == "/review/1?done=1&did=correct"
    assert "Mise à jour proposée" in writer.get(answer.headers["location"]).text
    sent.deliver(minutes=2)
    assert sent.board.texts() == ["Dix mesures pour les quartiers"]

    yes = browser.post("/review/1/approve?state=proposed", data={"revision": "3"})
    assert yes.headers["location"] == "/review?state=proposed&done=1&did=approve"
    after = browser.get(yes.headers["location"]).text
    assert ("Approuvé. Départ à 12:05 (Paris)." in after, "data-seconds>60<" in after) == (True, True)
    sent.deliver(minutes=2)
    assert (sent.board.texts(), sent.room.crosspost(1).state) == (["Douze mesures pour les quartiers"], State.SENT)


def test_a_yes_to_a_correction_can_be_taken_back(sent: Publics) -> None:
    sent.write("Douze mesures")
    browser = sent.room.editor()
    browser.post("/review/1/approve", data={"revision": "3"})
    back = browser.post("/review/1/recall", data={"revision": "3"}).headers["location"]
    assert "Rappelé : de nouveau à décider." in text_of(browser.get(back).text)
    assert sent.room.crosspost(1).state is State.EDIT_PROPOSED


def test_what_is_public_stands_beside_what_is_proposed_word_by_word(sent: Publics) -> None:
    sent.write("Douze mesures pour les <quartiers>")
    shown = sent.room.editor().get("/review/1").text
    gone, new = (f'<span class="hidden" lang="fr">[{word}\N{NO-BREAK SPACE}: </span>' for word in ("retiré", "ajouté"))
    assert f'<del>{gone}Dix<span class="hidden">]</span></del> mesures' in shown
    assert f'<ins>{new}Douze<span class="hidden">]</span></ins> mesures' in shown
    assert "&lt;quartiers&gt;" in shown
    assert "<b>34</b>/200" in shown
    assert offered(sent.room) == {"approve", "edit", "dismiss", "withdraw"}


def test_a_proposal_is_dropped_and_what_is_public_stays(sent: Publics) -> None:
    sent.write("Douze mesures")
    sent.room.editor().post("/review/1/dismiss", data={"revision": "3"})
    sent.deliver(minutes=2)
    assert (sent.board.texts(), sent.room.crosspost(1).draft.text) == (
        ["Dix mesures pour les quartiers"],
        "Dix mesures pour les quartiers",
    )


def test_what_cannot_be_corrected_says_why_instead_of_offering_the_form(sent: Publics) -> None:
    sent.board.edits = False
    shown = sent.room.editor().get("/review/1").text
    assert "Sur pins, ce qui est en ligne ne peut plus être corrigé." in text_of(shown)
    assert offered(sent.room) == {"withdraw"}
    assert "ne peut plus être corrigé" not in sent.room.editor("ana", Role.VIEWER).get("/review/1").text


def test_a_correction_that_has_become_too_late_cannot_be_approved(sent: Publics) -> None:
    sent.write("Douze mesures")
    sent.board.edit_within = timedelta(hours=1)
    sent.room.clock.now += timedelta(hours=2)
    assert offered(sent.room) == {"dismiss", "withdraw"}
    shown = text_of(sent.room.editor().get("/review/1").text)
    assert shown.count("ne peut être corrigé que pendant une heure") == 1


def test_a_withdrawal_says_why_and_waits_for_its_own_yes(sent: Publics) -> None:
    browser = sent.room.editor()
    assert browser.post("/review/1/withdraw", data={**FORM, "reason": "une erreur"}).status_code == 303
    shown = browser.get("/review/1").text
    assert "une erreur" in shown
    assert "relay supprime ce message sur le réseau" in shown
    assert offered(sent.room) == {"approve_withdrawal", "keep", "removed"}
    sent.deliver()
    assert len(sent.board.shown) == 1

    browser.post("/review/1/approve_withdrawal", data=FORM)
    sent.deliver()
    assert (sent.room.crosspost(1).state, sent.board.shown) == (State.WITHDRAWN, {})
    assert browser.get("/review/counts").json()["closed"] == 1
    assert "pinboard.example" not in browser.get("/review/1").text


def test_a_withdrawal_is_refused_and_the_post_stays(sent: Publics) -> None:
    browser = sent.room.editor()
    browser.post("/review/1/withdraw", data=FORM)
    browser.post("/review/1/keep", data=FORM)
    assert sent.room.crosspost(1).state is State.SENT


def test_where_relay_cannot_delete_it_the_sentence_is_there_and_the_button_is_not(sent: Publics) -> None:
    sent.board.deletes = False
    browser = sent.room.editor()
    browser.post("/review/1/withdraw", data=FORM)
    assert "Relay ne peut pas retirer ce message de pins" in text_of(browser.get("/review/1").text)
    assert offered(sent.room) == {"keep", "removed"}
    assert browser.post("/review/1/approve_withdrawal", data=FORM).status_code == 409
    browser.post("/review/1/removed", data=FORM)
    assert sent.room.crosspost(1).state is State.WITHDRAWN


def test_what_the_network_refuses_to_change_is_told_on_the_page(sent: Publics) -> None:
    sent.write("Douze mesures")
    sent.board.says = Refused("422: too late")
    sent.approve()
    shown = sent.room.editor().get("/review/1").text
    assert ("422: too late" in shown, 'class="compare"' in shown) == (True, False)


def test_proposals_have_a_tab_of_their_own_and_what_leaves_is_with_what_leaves(sent: Publics) -> None:
    sent.write("Douze mesures")
    browser = sent.room.editor()
    assert browser.get("/review/counts").json()["proposed"] == 1
    assert "Mise à jour proposée" in browser.get("/review?state=proposed").text
    browser.post("/review/1/approve", data={"revision": "3"})
    counts = browser.get("/review/counts").json()
    assert (counts["proposed"], counts["scheduled"], counts["sent"]) == (0, 1, 0)


def test_a_correction_with_a_form_for_other_words_is_refused_and_kept(sent: Publics) -> None:
    sent.write("Douze mesures")
    answer = sent.room.editor().post("/review/1/edit", data={**FORM, "text": "Treize mesures"})
    assert (answer.status_code, "Treize mesures</textarea>" in answer.text) == (409, True)
    assert sent.room.crosspost(1).draft.text == "Douze mesures"


def test_what_changes_beside_the_text_is_named(sent: Publics) -> None:
    sent.write("Douze mesures")
    old = sent.room.crosspost(1)
    sent.room.change(1, draft=replace(old.draft, title="Un autre titre", warning="Politique"))
    shown = text_of(sent.room.editor().get("/review/1").text)
    assert "La carte du lien change aussi." in shown
    assert "L’image change aussi." not in shown
    assert "Avertissement : aucun" in shown


def test_every_step_is_in_the_history_in_french(sent: Publics) -> None:
    browser = sent.room.editor()
    browser.post("/review/1/withdraw", data={**FORM, "reason": "une erreur"})
    browser.post("/review/1/approve_withdrawal", data=FORM)
    sent.deliver()
    history = text_of(browser.get("/review/1").text)
    for step in ("retrait demandé : une erreur", "retrait approuvé", "relay retiré"):
        assert step in history, step
    assert EDITOR[0].name in history


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("a", ""),
        ("", "a"),
        ("a b c", "a x c"),
        ("a\n\nb", "a b"),
        ("a b", "b a"),
        (" a", "a "),
        ("a a a", "a a"),
    ],
)
def test_the_runs_of_a_change_make_both_texts(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(one.text for one in found if one.kind != "new") == before
    assert "".join(one.text for one in found if one.kind != "gone") == after


def test_only_the_words_that_differ_are_marked() -> None:
    assert changes("Dix mesures pour tous", "Douze mesures pour tous") == (
        Change("gone", "Dix"),
        Change("new", "Douze"),
        Change("same", " mesures pour tous"),
    )


def test_two_long_texts_that_share_nothing_are_not_compared_for_minutes() -> None:
    before, after = ("a b " * 5000), ("b c " * 5000)
    found = changes(before, after)
    assert "".join(one.text for one in found if one.kind != "new") == before
