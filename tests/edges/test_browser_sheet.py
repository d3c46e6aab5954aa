"""One cross-post's page in a real browser: for everybody, on every screen, while others change what it shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from relay.core.people import Role
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.sheets import everything
from tests.edges.test_browser import for_everybody, needs_axe, open_page, pytestmark, sign_in_by_keyboard, violations

__all__ = ["pytestmark"]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


@pytest.fixture
def full(room: Newsroom) -> Newsroom:
    return everything(room)


def test_what_the_source_changed_opens_with_d(chromium: Browser, full: Newsroom) -> None:
    full.change(11, note="")
    with chromium.new_context() as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, full)
        page.goto(f"{full.url}/review/11")
        expect(page.locator(".edits .headline")).to_be_hidden()
        page.keyboard.press("d")
        expect(page.locator(".edits .headline ins").first).to_be_visible()


def test_somebody_elses_change_is_told_and_what_is_typed_stays(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        page.keyboard.press("e")
        page.keyboard.press("Control+a")
        page.keyboard.type("Je suis en train d'écrire")
        dora = room.editor("dora", Role.DIRECTOR)
        dora.post("/review/3/hold", data={"revision": "1"})
        expect(page.locator("[data-count=held]")).to_have_text("1")
        expect(page.locator(".news")).to_be_hidden()
        dora.post("/review/1/hold", data={"revision": "1"})
        expect(page.locator(".news")).to_contain_text("dora – suspendu (Suspendu)")
        expect(page.locator("#text")).to_have_value("Je suis en train d'écrire")
        assert complaints == []


@pytest.mark.parametrize("width", [320, 720, 1280])
def test_nothing_is_wider_than_the_screen(chromium: Browser, full: Newsroom, width: int) -> None:
    with chromium.new_context(viewport={"width": width, "height": 700}) as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, full)
        for path in ("/review/11", "/keys", "/review?state=sent", "/sources"):
            page.goto(full.url + path)
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_what_is_in_focus_is_never_beneath_the_buttons_of_a_phone(chromium: Browser, full: Newsroom) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, full)
        page.goto(f"{full.url}/review/11")
        for _ in range(40):
            page.keyboard.press("Tab")
            assert page.evaluate(COVERED) is False


COVERED = """() => {
  const [one, bar] = [document.activeElement, document.querySelector('.actions')];
  if (!bar || bar.contains(one) || one === document.body) return false;
  const [own, its] = [one.getBoundingClientRect(), bar.getBoundingClientRect()];
  return own.bottom > its.top + 1 && own.top < its.bottom && own.height < 400;
}"""


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details:not(.actions *)').forEach((one) => { one.open = true; })")


@needs_axe
@for_everybody
def test_nobody_is_kept_out(chromium: Browser, full: Newsroom, language: str, scheme: str, width: int) -> None:
    viewport = {"width": width, "height": 800}
    with chromium.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True) as context:  # type: ignore[arg-type]  # Playwright's own literal types
        page, _ = open_page(context)
        sign_in_by_keyboard(page, full)
        page.goto(f"{full.url}/review/11?lang={language}")
        open_all(page)
        assert violations(page) == []
        page.keyboard.press("Control+k")
        assert violations(page) == []
        page.goto(f"{full.url}/keys?lang={language}")
        assert violations(page) == []
        page.goto(f"{full.url}/offline?lang={language}")
        assert violations(page) == []


def test_the_app_can_be_installed_and_says_so_when_there_is_no_network(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        told = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then((a) => a.json())")
        sizes = {one["sizes"] for one in told["icons"]}
        assert (told["lang"], told["start_url"], sizes) == ("fr", "/review", {"any", "192x192", "512x512"})
        for one in told["icons"]:
            assert page.evaluate("fetch(src).then((a) => a.ok)".replace("src", f"'{one['src']}'")) is True
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        context.set_offline(True)
        page.goto(f"{room.url}/review/2")
        expect(page.get_by_role("heading", name="Pas de réseau")).to_be_visible()
        assert page.evaluate(KEPT) == ["/offline", "/static/style.css"]


KEPT = """async () => {
  const kept = await caches.open((await caches.keys())[0]);
  return (await kept.keys()).map((one) => new URL(one.url).pathname).sort();
}"""
