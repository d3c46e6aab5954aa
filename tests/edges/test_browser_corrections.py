"""What is public is corrected, approved and withdrawn in a real browser; threads and warnings keep nobody out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from relay.core.crosspost import State
from relay.core.people import Role
from relay.core.route import ApprovalRule
from tests.edges.browsers import CHROMIUM
from tests.edges.newsroom import Newsroom
from tests.edges.publics import THREAD, Publics, open_publics
from tests.edges.test_browser import for_everybody, needs_axe, open_page, sign_in_by_keyboard, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]


@pytest.fixture
def publics(tmp_path: Path) -> Iterator[Publics]:
    """Cross-post 1 is public; whoever is alone may approve their own words."""
    with open_publics(tmp_path, ApprovalRule(self_approval=True)) as opened:
        opened.publish("Dix mesures pour les quartiers")
        yield opened


def enter(page: Page, room: Newsroom, name: str, role: Role = Role.EDITOR) -> None:
    page.goto(room.url + room.link(name, role))
    page.get_by_role("main").get_by_role("button").click()


def test_by_keyboard_a_public_post_is_corrected_approved_and_withdrawn(chromium: Browser, publics: Publics) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, publics.room)
        page.goto(f"{publics.room.url}/review/1")
        page.keyboard.press("e")
        page.keyboard.press("Control+a")
        page.keyboard.type("Douze mesures pour les quartiers")
        expect(page.locator("[data-live=graphemes]")).to_contain_text("32/200")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**did=correct")
        change = page.get_by_role("region", name="Ce qui change")
        expect(change.locator("del")).to_have_text("[retiré : Dix]", use_inner_text=False)
        expect(change.locator("ins")).to_have_text("[ajouté : Douze]")

        page.keyboard.press("a")
        page.wait_for_url("**did=approve")
        publics.deliver(minutes=2)
        assert publics.board.texts() == ["Douze mesures pour les quartiers"]

        page.goto(f"{publics.room.url}/review/1")
        page.locator("summary", has_text="Retirer").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#reason-withdraw")).to_be_focused()
        page.keyboard.type("une erreur")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**did=withdraw")
        page.keyboard.press("a")
        expect(page.get_by_role("status")).to_contain_text("rien n’est encore supprimé")
        page.get_by_role("button", name="Approuver le retrait").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**did=approve_withdrawal")
        publics.deliver()
    assert (publics.board.shown, publics.room.crosspost(1).state) == ({}, State.WITHDRAWN)
    assert complaints == []


def test_without_javascript_two_people_do_the_same(chromium: Browser, publics: Publics) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page, complaints = open_page(context)
        enter(page, publics.room, "remi", Role.WRITER)
        page.goto(f"{publics.room.url}/review/1")
        page.locator(".panel > summary.button", has_text="Corriger").click()
        page.get_by_label("Texte", exact=True).fill("Douze mesures")
        page.get_by_role("button", name="Compter").click()
        expect(page.locator("#live")).to_contain_text("13/200")
        page.get_by_role("button", name="Proposer").click()
        expect(page.get_by_role("status")).to_contain_text("Mise à jour proposée")
    with chromium.new_context(java_script_enabled=False) as context:
        page, _ = open_page(context)
        enter(page, publics.room, "camille")
        page.get_by_role("link", name="À décider").click()
        page.get_by_role("button", name="Approuver & suivant").click()
        publics.deliver(minutes=2)
        assert publics.board.texts() == ["Douze mesures"]
        page.goto(f"{publics.room.url}/review/1")
        page.locator("summary", has_text="Retirer").click()
        page.get_by_role("button", name="Retirer").click()
        page.get_by_role("button", name="Approuver le retrait").click()
        publics.deliver()
    assert publics.room.crosspost(1).state is State.WITHDRAWN
    assert complaints == []


def test_the_posts_of_a_thread_are_counted_as_they_are_typed(chromium: Browser, publics: Publics) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, publics.room)
        page.goto(f"{publics.room.url}/review/2")
        page.keyboard.press("e")
        page.get_by_label("Texte", exact=True).fill(f"Un.\n---\n{'é' * 301}")
        expect(page.locator("[data-live=graphemes]")).to_have_count(2)
        expect(page.locator("[data-live=graphemes]").first).to_have_text("1/2 · 3/300 caractères")
        expect(page.locator("[data-live=graphemes].over")).to_have_text("2/2 · 301/300 caractères")
        page.get_by_label("Texte", exact=True).fill("Un.")
        expect(page.locator("[data-live=graphemes]")).to_have_count(1)
        expect(page.locator("[data-live=graphemes]")).to_have_text("3/300 caractères")
    assert complaints == []


@needs_axe
@for_everybody
def test_nothing_keeps_anybody_out(
    chromium: Browser, publics: Publics, width: int, scheme: Literal["dark", "light"], language: str
) -> None:
    room, draft = publics.room, publics.room.crosspost(1).draft
    room.change(1, state=State.EDIT_PROPOSED, live=draft, draft=replace(draft, text="Douze mesures", title="Autre"))
    room.change(3, state=State.DELETE_PROPOSED, parts=room.crosspost(1).parts, note="une erreur")
    room.change(5, state=State.DELETE_PROPOSED)
    room.change(7, state=State.HELD, parts=room.crosspost(1).parts, draft=replace(draft, text=THREAD))
    room.change(9, account="masto", draft=replace(draft, text=THREAD, warning="Chiffres provisoires"))
    viewport = {"width": width, "height": 800}
    found: dict[int, list[str]] = {}
    with chromium.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True) as context:  # type: ignore[arg-type]  # Playwright's own literal types
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        for id in (1, 3, 5, 7, 9):
            page.goto(f"{room.url}/review/{id}?lang={language}")
            found[id] = violations(page)
            for panel in page.locator(".panel > summary:visible").all()[:1]:
                panel.click()
                found[id] += violations(page)
            assert page.evaluate("document.documentElement.scrollWidth") == width
    assert {id: wrong for id, wrong in found.items() if wrong} == {}
    assert complaints == []


def test_the_page_ends_with_the_window_and_what_is_hidden_scrolls_in_its_pane(
    chromium: Browser, publics: Publics
) -> None:
    with chromium.new_context(viewport={"width": 1280, "height": 500}) as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, publics.room)
        page.goto(f"{publics.room.url}/review/1")
        for pane in page.locator(".pane").all():
            pane.evaluate(
                "pane => pane.append("
                "Object.assign(document.createElement('pre'), {textContent: '\\n'.repeat(99)}), "
                "Object.assign(document.createElement('span'), {className: 'hidden', textContent: '…'}))"
            )
        assert page.evaluate("document.documentElement.scrollHeight") == 500
    assert complaints == []
