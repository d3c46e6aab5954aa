"""Several judged at once: only what was seen, each by its own rules, and every outcome said."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from relay.core.crosspost import State
from relay.core.people import Editor, Role
from relay.storage import people
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.feeds import editions


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def judge(browser: httpx.Client, act: str, seen: tuple[str, ...], **more: object) -> httpx.Response:
    form: dict[str, object] = {"act": act, "seen": list(seen), "back": "?state=waiting", **more}
    return browser.post("/queue/judge", data=form)


def outcomes(page: str) -> dict[int, str]:
    """The class and the sentence of each line, by cross-post."""
    found = re.findall(r'<li class="(was-\w+)">\s*<h2><a href="/review/(\d+)".*?</h2>\s*<p>(.*?)</p>', page, re.DOTALL)
    return {int(id): f"{kind} {re.sub('<[^>]+>', '', text).strip()}" for kind, id, text in found}


def test_each_is_shown_with_all_of_its_words_and_none_is_ticked(room: Newsroom) -> None:
    page = room.editor().get("/queue/look?id=1&id=3&id=3&id=999&id=x").text
    assert page.count('<p class="words" lang="fr">') == 2
    assert re.findall(r'name="seen" value="([\d:]+)"( checked)?', page) == [("1:1", ""), ("3:1", "")]
    assert all(f'name="act" value="{act}"' in page for act in ("approve", "hold", "changes", "reject"))
    assert 'name="act" value="recall"' not in page


def test_what_was_seen_is_approved_and_the_rest_is_left(room: Newsroom) -> None:
    answer = judge(room.editor(), "approve", ("1:1", "3:1"), id=["1", "3", "5"])
    assert answer.status_code == 200
    assert [room.crosspost(id).state for id in (1, 3, 5)] == [State.APPROVED, State.APPROVED, State.WAITING]
    assert outcomes(answer.text).keys() == {1, 3}
    assert "Pas vus, donc laissés comme ils étaient : 1." in answer.text.replace("\u202f", " ").replace("\xa0", " ")
    assert room.nudged == ["deliver"]
    assert [line.what for line in room.history(3)] == ["new entry", "approved"]


def test_each_is_judged_by_its_own_rules_and_every_refusal_is_said(room: Newsroom) -> None:
    room.change(3, edited_by="camille")
    room.change(5, draft=replace(room.crosspost(5).draft, text="x" * 600))
    room.change(7, revision=2)
    room.change(9, state=State.REJECTED)
    answer = judge(room.editor("camille"), "approve", ("1:1", "3:1", "5:1", "7:1", "9:1", "999:1"))
    said = outcomes(answer.text)
    assert answer.status_code == 200
    assert [room.crosspost(id).state for id in (1, 3, 5, 7, 9)] == [
        State.APPROVED,
        *[State.WAITING] * 3,
        State.REJECTED,
    ]
    assert said[1].startswith("was-done Approuvé.")
    assert "Ce texte est de camille" in said[3]
    assert "trop long" in said[5]
    assert "Le texte a changé" in said[7]
    assert "Son état a changé" in said[9]
    assert "Il n’y a pas d’envoi 999" in answer.text


def test_words_that_changed_since_they_were_read_are_not_refused_unread(room: Newsroom) -> None:
    room.change(1, revision=2)
    answer = judge(room.editor(), "reject", ("1:1",), reason="Non")
    assert answer.status_code == 409
    assert room.crosspost(1).state is State.WAITING


def test_nothing_ticked_is_nothing_done(room: Newsroom) -> None:
    answer = judge(room.editor(), "approve", (), id=["1", "3"])
    assert answer.status_code == 409
    assert "Rien n’est coché" in answer.text
    assert answer.text.count('name="seen"') == 2


@pytest.mark.parametrize("act", ["reject", "changes"])
def test_a_reason_is_asked_for_once_for_all_and_what_was_ticked_stays_so(room: Newsroom, act: str) -> None:
    browser = room.editor()
    answer = judge(browser, act, ("1:1",), id=["1", "3"], reason=" ")
    assert answer.status_code == 409
    assert re.findall(r'name="seen" value="([\d:]+)"( checked)?', answer.text) == [("1:1", " checked"), ("3:1", "")]
    assert room.crosspost(1).state is State.WAITING

    assert judge(browser, act, ("1:1", "3:1"), reason="Déjà dit").status_code == 200
    assert [room.crosspost(id).note for id in (1, 3)] == ["Déjà dit", "Déjà dit"]


def test_a_yes_for_many_can_be_taken_back_for_all(room: Newsroom) -> None:
    browser = room.editor()
    page = judge(browser, "approve", ("1:1", "3:1")).text
    undo = page.split('name="act" value="recall"')[1].split("</form>")[0]
    assert re.findall(r'name="seen" value="([\d:]+)"', undo) == ["1:1", "3:1"]
    assert judge(browser, "recall", ("1:1", "3:1")).status_code == 200
    assert [room.crosspost(id).state for id in (1, 3)] == [State.WAITING] * 2


def test_the_same_form_sent_twice_does_nothing_twice(room: Newsroom) -> None:
    browser = room.editor()
    assert judge(browser, "approve", ("1:1",)).status_code == 200
    assert judge(browser, "approve", ("1:1",)).status_code == 409
    assert [line.what for line in room.history(1)] == ["new entry", "approved"]


def test_twenty_are_read_at_once_and_the_others_come_after_them(room: Newsroom) -> None:
    for n in range(10):
        room.publish_entry(editions.post(0, id=f"tag:x,{n}", slug=f"x-{n}", more_url=f"https://x.fr/{n}"))
    browser = room.editor()
    chosen = "&".join(f"id={id}" for id in range(1, 26))
    page = browser.get(f"/queue/look?{chosen}").text
    assert (page.count('name="seen"'), page.count('name="later"')) == (20, 5)
    answer = judge(browser, "hold", ("1:1",), id=["1"], later=[str(id) for id in range(21, 26)])
    onward = answer.text.split('action="/queue/look"')[1].split("</form>")[0]
    assert re.findall(r'name="id" value="(\d+)"', onward) == ["21", "22", "23", "24", "25"]


def test_more_than_can_have_been_read_is_refused(room: Newsroom) -> None:
    assert judge(room.editor(), "approve", tuple(f"{id}:1" for id in range(1, 22))).status_code == 400
    assert room.crosspost(1).state is State.WAITING


@pytest.mark.parametrize("role", [Role.VIEWER, Role.WRITER, Role.ADMIN])
def test_who_may_not_judge_judges_nothing(room: Newsroom, role: Role) -> None:
    browser = room.editor("quelqu-un", role)
    assert 'name="act"' not in browser.get("/queue/look?id=1").text
    assert judge(browser, "approve", ("1:1",)).status_code == 403
    assert room.crosspost(1).state is State.WAITING


def test_another_site_sends_no_such_form(room: Newsroom) -> None:
    browser = room.editor()
    browser.headers["Sec-Fetch-Site"] = "cross-site"
    assert judge(browser, "approve", ("1:1",)).status_code == 403
    assert room.crosspost(1).state is State.WAITING


@pytest.mark.parametrize("form", [{"act": "explode", "seen": "1:1"}, {"seen": "1:1"}, {"act": "same", "seen": "1:1"}])
def test_a_form_that_is_not_ours_is_not_guessed_at(room: Newsroom, form: dict[str, str]) -> None:
    assert room.editor().post("/queue/judge", data=form).status_code == 400


def test_the_way_back_is_to_the_list_and_nowhere_else(room: Newsroom) -> None:
    browser = room.editor()
    page = browser.get("/queue/look?id=1&back=?state=waiting%26q=urbain%26after=40%26x=%22%3E").text
    assert 'href="/queue?state=waiting&amp;q=urbain&amp;after=40"' in page


def test_an_editor_of_some_accounts_judges_those(room: Newsroom) -> None:
    browser = room.editor("camille")
    with room.office.db.write() as tx:
        assert people.change(tx, Editor("camille", Role.EDITOR, accounts=("bsky",)))
    said = outcomes(judge(browser, "approve", ("1:1", "2:1")).text)
    assert [room.crosspost(id).state for id in (1, 2)] == [State.WAITING, State.APPROVED]
    assert said[1].startswith("was-not")
