"""The directory and the picture's words in a real browser: without JavaScript, on a phone, and for everybody."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from relay.core.document import Picture
from relay.pipeline.today import current
from tests.edges.browsers import CHROMIUM
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.test_browser import for_everybody, needs_axe, open_page, sign_in_by_keyboard, violations
from tests.feeds import editions

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]
LONG = "Établissement public foncier et d’aménagement des communautés de communes du Val-de-Vaubrune-sur-Anse"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        picture = Picture("https://anct.exemple.fr/place.jpg", credit="© Anne Martin")
        newsroom.publish_entry(
            replace(editions.post(2), id="bare", slug="bare", headline="L’ANRU et ses places", picture=picture)
        )
        yield newsroom


def add(page: Page, room: Newsroom, name: str = LONG, handle: str = "@vaubrune@social.exemple.fr") -> None:
    page.goto(f"{room.url}/handles")
    page.get_by_text("Ajouter un organisme ou une personne").click()
    page.get_by_label("Nom", exact=True).fill(name)
    page.get_by_label("Réseau").select_option("mastodon")
    page.get_by_label("Compte", exact=True).fill(handle)
    page.get_by_label("J’ai vérifié").check()
    page.get_by_role("button", name="Ajouter à l’annuaire").click()


def test_from_the_sheet_to_the_form_and_done_without_javascript(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page, complaints = open_page(context)
        page.goto(room.url + room.link("camille"))
        page.get_by_role("main").get_by_role("button").click()
        page.goto(f"{room.url}/review/12")
        page.get_by_role("link", name="L’ajouter – ANRU").click()
        expect(page.get_by_label("Réseau")).to_have_value("bluesky")
        page.get_by_label("Compte", exact=True).fill("https://bsky.app/profile/anru.exemple.fr")
        page.get_by_label("J’ai vérifié").check()
        page.get_by_role("button", name="Enregistrer le compte").click()
        expect(page.get_by_role("status")).to_contain_text("Enregistré.")
        expect(page.get_by_text("vérifié à la main le 24 nov. 2026 par camille")).to_be_visible()
        page.get_by_role("button", name="Retirer – @anru.exemple.fr sur Bluesky").click()
        expect(page.get_by_role("status")).to_contain_text("Compte retiré.")
    with room.office.db.read() as tx:
        assert current(tx, room.office.desk) is room.office.desk
    assert complaints == []


def test_a_body_is_added_found_and_corrected_without_javascript(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page, _ = open_page(context)
        page.goto(room.url + room.link("camille"))
        page.get_by_role("main").get_by_role("button").click()
        add(page, room, "Vaubrune Habitat", "@vh")
        expect(page.locator("#wrong-handle")).to_contain_text("ne peut pas être un compte sur mastodon")
        expect(page.get_by_label("Nom", exact=True)).to_have_value("Vaubrune Habitat")
        expect(page.get_by_label("J’ai vérifié")).to_be_checked()
        page.get_by_label("Compte", exact=True).fill("@vh@social.exemple.fr")
        page.get_by_role("button", name="Ajouter à l’annuaire").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Vaubrune Habitat")
        page.goto(f"{room.url}/handles")
        page.get_by_label("Nom, sigle ou compte").fill("vaubrune")
        page.get_by_label("Nom, sigle ou compte").press("Enter")
        page.get_by_role("link", name="Vaubrune Habitat").click()
        page.get_by_text("Corriger les noms").click()
        page.get_by_label("Sigles").fill("VH")
        page.get_by_role("button", name="Enregistrer les noms").click()
        expect(page.get_by_text("VH", exact=True).first).to_be_visible()


def test_a_picture_is_described_by_keyboard_and_no_letter_is_a_command(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        page.goto(f"{room.url}/review/11")
        page.get_by_label("Texte alternatif de l’image").last.focus()
        page.keyboard.type("Une place aérée, un soir")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**said=alt**")
        expect(page.get_by_role("link", name="Une place aérée, un soir")).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize("path", ["/handles", "/handles/anct", "/handles/etablissement", "/review/11"])
def test_on_a_phone_nothing_is_wider_than_the_screen(chromium: Browser, room: Newsroom, path: str) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        add(page, room, handle="@vaubrune@un.serveur.au.nom.vraiment.beaucoup.trop.long.pour.un.telephone.exemple.fr")
        page.wait_for_url("**did=added")
        if path != "/handles/etablissement":
            page.goto(room.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@needs_axe
@for_everybody
def test_nothing_keeps_anybody_out(chromium: Browser, room: Newsroom, language: str, scheme: str, width: int) -> None:
    viewport, colours = {"width": width, "height": 800}, {"light": "light", "dark": "dark"}[scheme]
    with chromium.new_context(viewport=viewport, color_scheme=colours, bypass_csp=True) as context:  # type: ignore[arg-type]  # Playwright's own literal types
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        add(page, room)
        page.wait_for_url("**did=added")
        for path in (page.url, f"{room.url}/handles?", f"{room.url}/handles/anct?", f"{room.url}/review/11?"):
            page.goto(f"{path}&lang={language}")
            assert violations(page) == []
        page.goto(f"{room.url}/handles?lang=fr")
        add(page, room, "ANCT", "@x")
        assert violations(page) == []
