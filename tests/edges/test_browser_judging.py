"""Judging in a real browser: twenty with twenty keys, everything by keyboard, and everything without JavaScript."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from relay.core.crosspost import State
from relay.storage import remarks
from relay.web.keys import COMES_AS
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.sheets import MANY, after, everything, many
from tests.edges.test_browser import open_page, pytestmark, sign_in_by_keyboard

__all__ = ["pytestmark"]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


@pytest.fixture
def full(room: Newsroom) -> Newsroom:
    return everything(room)


@pytest.fixture
def busy(room: Newsroom) -> Newsroom:
    return many(room)


def judged(room: Newsroom) -> int:
    return sum(room.crosspost(id).state is State.APPROVED for id in range(1, MANY + 1))


def test_twenty_are_judged_with_twenty_keys(
    chromium: Browser, busy: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, busy)
        began, presses = time.monotonic(), 0
        for _ in range(MANY):
            after(page, "a")
            presses += 1
        took = time.monotonic() - began
        expect(page.get_by_role("main").get_by_role("status").first).to_contain_text("Approuvé.")
    assert (judged(busy), presses) == (MANY, MANY)
    assert complaints == []
    assert took < 60
    with capsys.disabled():
        sys.stdout.write(f"\n{MANY} cross-posts, {presses} key presses: {took:.1f} s\n")


def test_twenty_are_judged_without_javascript(chromium: Browser, busy: Newsroom) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page, complaints = open_page(context)
        page.goto(busy.url + busy.link("camille"))
        page.get_by_role("main").get_by_role("button").click()
        for _ in range(MANY):
            page.get_by_role("button", name="Approuver & suivant").click()
        expect(page.get_by_text("Tout est relu.")).to_be_visible()
    assert judged(busy) == MANY
    assert complaints == []


def test_two_keys_one_after_the_other_lead_to_a_queue(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        for second, state in (("p", "sent"), ("s", "scheduled"), ("f", "failed"), ("q", "waiting")):
            page.keyboard.press("g")
            page.keyboard.press(second)
            page.wait_for_url(f"**state={state}")
        page.keyboard.press("g")
        page.wait_for_timeout(1400)
        page.keyboard.press("p")
        page.wait_for_timeout(200)
        assert page.url.endswith("state=waiting")


def test_the_palette_finds_a_page_and_an_action(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        page.keyboard.press("Control+k")
        page.keyboard.type("vos touch")
        after(page, "Enter")
        assert page.url.endswith("/keys")
        page.goto(f"{room.url}/review/1")
        page.keyboard.press("Control+k")
        page.keyboard.type("a")  # never the key
        page.keyboard.press("Escape")
        page.keyboard.press("Control+k")
        page.keyboard.type("suspendre")
        after(page, "Enter")
    assert (room.crosspost(1).state, complaints) == (State.HELD, [])


def test_a_key_of_ones_own_does_what_it_was_given(chromium: Browser, room: Newsroom) -> None:
    room.editor().post("/keys", data={**COMES_AS, "approve": "y", "go_sent": "z z"})
    with chromium.new_context() as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        page.keyboard.press("a")
        page.wait_for_timeout(300)
        assert room.crosspost(1).state is State.WAITING
        after(page, "y")
        assert room.crosspost(1).state is State.APPROVED
        page.keyboard.press("z")
        page.keyboard.press("z")
        page.wait_for_url("**state=sent")


def test_everything_is_done_by_keyboard_alone(chromium: Browser, full: Newsroom) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, full)
        page.goto(f"{full.url}/review/11")
        page.keyboard.press("m")
        page.keyboard.type("J'ai vu, a h r")
        page.keyboard.press("Tab")
        after(page, "Enter")
        expect(page.get_by_text("Commentaire envoyé.")).to_be_visible()
        page.keyboard.press("i")
        page.keyboard.press("ArrowDown")  # among radio buttons
        page.keyboard.press("Tab")
        after(page, "Enter")
        expect(page.get_by_text("Image enregistrée")).to_be_visible()
        page.keyboard.press("t")
        page.keyboard.press("Control+a")
        page.keyboard.type("Une place, un soir")
        page.keyboard.press("Tab")
        after(page, "Enter")
        expect(page.get_by_text("Texte enregistré")).to_be_visible()
    with full.office.db.read() as tx:
        said = [one.text for one in remarks.of(tx, 11)]
    assert said == ["À vérifier avant de publier ?", "Mot de trop", "J'ai vu, a h r"]
    assert full.crosspost(11).draft.image is None
    assert complaints == []


def test_the_same_is_done_without_javascript(chromium: Browser, full: Newsroom) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page, _ = open_page(context)
        page.goto(full.url + full.link("camille"))
        page.get_by_role("main").get_by_role("button").click()
        page.goto(f"{full.url}/review/11")
        page.locator("summary", has_text="Commenter").click()
        page.get_by_role("textbox", name="Commentaire").fill("Vu")
        page.get_by_role("button", name="Envoyer le commentaire").click()
        page.locator(".tools summary", has_text="Image").first.click()
        page.get_by_label("Aucune image").check()
        page.get_by_role("button", name="Prendre cette image").click()
        page.locator("summary", has_text="Modifié à la source").click()
        expect(page.locator("dialog")).to_be_hidden()
    assert full.crosspost(11).draft.image is None
