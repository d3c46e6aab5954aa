"""The drawings in a real browser: on every network, for everybody, and never wider than the screen."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from relay.wiring import NETWORKS
from tests.edges.browsers import CHROMIUM
from tests.edges.showroom import OWN, open_showroom
from tests.edges.test_browser import needs_axe, sign_in_by_keyboard, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg' width='960' height='504'/>"
OVERFLOWING = """() => [...document.querySelectorAll('.drawing *')].filter(one => {
    const box = one.closest('.drawing').getBoundingClientRect(), own = one.getBoundingClientRect();
    return own.width && (own.right > box.right + 1 || own.left < box.left - 1 || own.bottom > box.bottom + 1);
}).map(one => one.className)"""


def open_page(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, to which sources' pictures come at once and relay's own from relay itself, and what it complains of."""
    context.set_default_timeout(10_000)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("https://**/*", lambda route: route.fulfill(body=PICTURE, content_type="image/svg+xml"))
    return page, complaints


@needs_axe
@pytest.mark.parametrize(
    ("attach", "width", "colours", "language"),
    [
        ("card", 320, "dark", "fr"),
        ("picture", 1280, "light", "en"),
        pytest.param("picture", 320, "dark", "fr", marks=pytest.mark.thorough),
        pytest.param("card", 1280, "light", "en", marks=pytest.mark.thorough),
    ],
)
def test_every_drawing_is_for_everybody_and_fits(
    chromium: Browser, tmp_path: Path, attach: str, width: int, colours: Literal["dark", "light"], language: str
) -> None:
    found: dict[str, list[str]] = {}
    with (
        open_showroom(tmp_path, replace(OWN, alt=""), attach=attach) as (room, ids),
        chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=colours, bypass_csp=True
        ) as context,
    ):
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        for network, id in ids.items():
            page.goto(f"{room.url}/review/{id}?lang={language}")
            found[network] = violations(page) + page.evaluate(OVERFLOWING)
            assert page.evaluate("document.documentElement.scrollWidth") == width
    assert {network: wrong for network, wrong in found.items() if wrong} == {}
    assert found.keys() == NETWORKS.keys()
    assert complaints == []


def test_the_picture_is_seen_and_its_missing_words_are_one_step_away(chromium: Browser, tmp_path: Path) -> None:
    with (
        open_showroom(tmp_path, replace(OWN, alt=""), attach="picture") as (room, ids),
        chromium.new_context(viewport={"width": 320, "height": 800}) as context,
    ):
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        page.goto(f"{room.url}/review/{ids['mastodon']}")
        picture = page.locator(".drawing .picture")
        expect(picture).to_be_visible()
        assert picture.evaluate("one => one.naturalWidth") == 1200
        page.locator(".beneath").get_by_role("link", name="Décrire l’image").click()
        page.get_by_label("Texte alternatif de l’image").last.fill("Une place, un soir d’été")
        page.get_by_role("button", name="Enregistrer ce texte").click()
        page.wait_for_url("**said=alt**")
        expect(page.locator(".beneath")).to_contain_text("Texte alternatif : Une place, un soir d’été")
    assert complaints == []


def test_what_x_asks_stands_beside_the_count_and_above_the_yes(chromium: Browser, tmp_path: Path) -> None:
    with open_showroom(tmp_path) as (room, ids), chromium.new_context(java_script_enabled=False) as context:
        page, _ = open_page(context)
        page.goto(room.url + room.link("camille"))
        page.get_by_role("main").get_by_role("button").click()
        page.goto(f"{room.url}/review/{ids['x']}")
        price, count = page.locator(".price"), page.locator(".count").first
        expect(price).to_contain_text("0,200 USD")
        boxes = count.bounding_box(), price.bounding_box()
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert abs(boxes[0]["y"] - boxes[1]["y"]) < 10
        reading = page.locator(".price, .actions .yes").evaluate_all("found => found.map(one => one.className)")
        assert reading == ["price", "yes"]
