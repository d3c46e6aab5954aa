"""The editors' page in a real browser: by keyboard only, without JavaScript, and for everybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from relay.core.crosspost import State
from relay.core.question import Kind
from relay.storage import questions
from tests.edges.browsers import CHROMIUM
from tests.edges.newsroom import NOON, Newsroom, open_newsroom

AXE = Path(__file__).parents[2] / ".lab" / "node_modules" / "axe-core" / "axe.min.js"
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg' width='960' height='504'/>"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]
needs_axe = pytest.mark.skipif(not AXE.exists(), reason=f"{AXE} is not there: .ci/run installs it")
for_everybody = pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [
        (320, "light", "fr"),
        (1280, "dark", "en"),
        pytest.param(320, "dark", "en", marks=pytest.mark.thorough),
        pytest.param(1280, "light", "fr", marks=pytest.mark.thorough),
    ],
)
"""Each width, scheme of colours and language; thoroughly, each beside each of the others."""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def open_page(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and what it complains of: errors, and whatever its policy refused."""
    context.set_default_timeout(10_000)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*.jpg", lambda route: route.fulfill(body=PICTURE, content_type="image/svg+xml"))
    return page, complaints


def sign_in_by_keyboard(page: Page, room: Newsroom) -> None:
    page.goto(room.url + room.link("camille"))
    page.get_by_role("main").get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review*")


def approve_by_key(page: Page) -> None:
    before = page.url
    page.keyboard.press("a")
    page.wait_for_function("before => location.href !== before && document.readyState === 'complete'", arg=before)


def test_three_are_judged_with_three_key_presses(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        approve_by_key(page)
        approve_by_key(page)
        approve_by_key(page)
        expect(page.get_by_role("status")).to_contain_text("Approuvé. Départ à 12:01 (Paris).")
    assert [room.crosspost(id).state for id in (1, 2, 3, 4)] == [State.APPROVED] * 3 + [State.WAITING]
    assert complaints == []


def test_three_are_judged_without_javascript(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page, complaints = open_page(context)
        page.goto(room.url + room.link("camille"))
        page.get_by_role("main").get_by_role("button").click()
        page.get_by_role("button", name="Approuver & suivant").click()
        page.get_by_role("button", name="Approuver & suivant").click()
        page.get_by_role("button", name="Approuver & suivant").click()
        expect(page.get_by_role("status")).to_contain_text("Approuvé.")
    assert [room.crosspost(id).state for id in (1, 2, 3, 4)] == [State.APPROVED] * 3 + [State.WAITING]
    assert complaints == []


def test_a_yes_is_taken_back_with_u(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        approve_by_key(page)
        page.keyboard.press("u")
        page.wait_for_url("**did=recall")
    assert room.crosspost(1).state is State.WAITING


def test_words_are_corrected_without_a_mouse_and_counted_as_they_are_typed(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        page.keyboard.press("e")
        page.keyboard.press("Control+a")
        page.keyboard.type("Mieux dit, avec a, h et r")
        expect(page.locator("[data-live=graphemes]")).to_contain_text("25/500")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**did=edit")
    assert (room.crosspost(1).draft.text, room.crosspost(1).state) == ("Mieux dit, avec a, h et r", State.WAITING)
    assert complaints == []


def test_nothing_can_be_approved_beside_words_that_are_not_saved(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        page.keyboard.press("e")
        expect(page.get_by_role("button", name="Approuver & suivant")).to_be_hidden()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Approuver & suivant")).to_be_visible()


def test_single_keys_can_be_turned_off(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        page.keyboard.press("?")
        page.get_by_role("button", name="Raccourcis d’une touche").click()
        page.keyboard.press("a")
        page.goto(f"{room.url}/review/2")
        page.keyboard.press("a")
        page.wait_for_timeout(300)
    assert [room.crosspost(id).state for id in (1, 2)] == [State.WAITING] * 2


def test_the_queue_is_walked_with_j_and_k_and_accounts_with_digits(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        page.keyboard.press("j")
        page.wait_for_url("**/review/3?**")
        page.keyboard.press("2")
        page.wait_for_url("**/review/4?**")
        page.keyboard.press("k")
        page.wait_for_url("**/review/1?**")


def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_source_is_folded(
    chromium: Browser, room: Newsroom
) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        expect(page.get_by_text("Ce qui change cette année")).not_to_be_visible()
        page.get_by_text("Ce que dit la source").click()
        expect(page.get_by_text("Ce qui change cette année")).to_be_visible()


@needs_axe
@for_everybody
def test_nothing_on_the_page_keeps_anybody_out(
    chromium: Browser, room: Newsroom, language: str, scheme: str, width: int
) -> None:
    viewport = {"width": width, "height": 800}
    colours = {"light": "light", "dark": "dark"}[scheme]
    with chromium.new_context(viewport=viewport, color_scheme=colours, bypass_csp=True) as context:  # type: ignore[arg-type]  # Playwright's own literal types
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        approve_by_key(page)
        page.goto(f"{page.url}&lang={language}")
        assert violations(page) == []
        page.locator("[data-key=e]").click()
        assert violations(page) == []


@needs_axe
@pytest.mark.parametrize(
    "path", ["/sources", "/sources/anct", "/questions", "/feeds/", "/review?state=sent", "/nowhere", "/c/used"]
)
def test_nor_on_any_other_page(chromium: Browser, room: Newsroom, path: str) -> None:
    with room.office.db.write() as tx:
        questions.ask(tx, "anct", Kind.FLOOD, "", (1, 2, 3), NOON)
        questions.ask(tx, "anct", Kind.MISSING, "https://anct.exemple.fr/actualites.xml", (), NOON)
    with chromium.new_context(bypass_csp=True) as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        page.goto(room.url + path)
        assert violations(page) == []


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, by rule and place."""
    page.wait_for_timeout(300)
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.target.join())])"
    )
    return [f"{rule}: {place}" for rule, places in found for place in places]
