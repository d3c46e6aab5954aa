"""The schedule in a real browser: a post is moved by its form, without JavaScript, on a phone, and by everybody."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.edges.browsers import CHROMIUM
from tests.edges.newsroom import Newsroom
from tests.edges.test_browser import for_everybody, needs_axe, open_page, violations
from tests.edges.timetable import open_bureau, scheduled

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]
PAGES = ("/schedule", "/schedule/month", "/schedule?past=1", "/schedule/1")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_bureau(tmp_path) as room:
        yield room


def enter(context: BrowserContext, room: Newsroom) -> tuple[Page, list[str]]:
    scheduled(room, *range(1, 9))
    page, complaints = open_page(context)
    page.goto(room.url + room.link("camille"))
    page.get_by_role("main").get_by_role("button").click()
    return page, complaints


@pytest.mark.parametrize("has_script", [True, False])
def test_a_post_is_moved_by_its_form(chromium: Browser, room: Newsroom, *, has_script: bool) -> None:
    with chromium.new_context(java_script_enabled=has_script, timezone_id="Pacific/Auckland") as context:
        page, complaints = enter(context, room)
        page.goto(f"{room.url}/schedule")
        page.get_by_role("link", name="Déplacer").first.click()
        page.get_by_label("Jour").fill("2026-12-23")
        page.get_by_label("Heure de Paris").fill("15:10")
        page.get_by_role("button", name="Choisir cette heure").click()
        expect(page.get_by_role("status")).to_contain_text("mer. 23 déc. 2026, 15:10 (Paris)")
    assert room.crosspost(1).wanted_at == datetime(2026, 12, 23, 14, 10, tzinfo=UTC)
    assert complaints == []


def test_its_key_opens_the_form_on_the_review_page(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, complaints = enter(context, room)
        page.goto(f"{room.url}/review/1")
        page.keyboard.press("s")
        page.get_by_role("button", name="lun. 21 déc., 17:45").click()
        page.wait_for_url("**/review/1*")
    assert room.crosspost(1).wanted_at == datetime(2026, 12, 21, 16, 45, tzinfo=UTC)
    assert complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_on_a_phone_nothing_is_wider_than_the_screen(chromium: Browser, room: Newsroom, path: str) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        page, _ = enter(context, room)
        page.goto(room.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@needs_axe
@for_everybody
def test_nothing_keeps_anybody_out(chromium: Browser, room: Newsroom, language: str, scheme: str, width: int) -> None:
    viewport, colours = {"width": width, "height": 800}, {"light": "light", "dark": "dark"}[scheme]
    with chromium.new_context(viewport=viewport, color_scheme=colours, bypass_csp=True) as context:  # type: ignore[arg-type]  # Playwright's own literal types
        page, _ = enter(context, room)
        for path in PAGES:
            page.goto(f"{room.url}{path}{'&' if '?' in path else '?'}lang={language}")
            assert violations(page) == []
        page.get_by_role("main").get_by_role(
            "button"
        ).first.click()  # that is when it leaves already: refused, or chosen
        assert violations(page) == []
