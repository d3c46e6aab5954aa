"""The list, and several judged at once, in a real browser: without JavaScript, by keys, on a phone, for everybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from relay.core.crosspost import State
from tests.edges.browsers import CHROMIUM
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.test_browser import for_everybody, needs_axe, open_page, sign_in_by_keyboard, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def states(room: Newsroom, *ids: int) -> list[State]:
    return [room.crosspost(id).state for id in ids]


def enter(page: Page, room: Newsroom) -> None:
    page.goto(room.url + room.link("camille"))
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/review*")


def test_several_are_judged_without_javascript(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page, complaints = open_page(context)
        enter(page, room)
        page.goto(f"{room.url}/queue?account=masto")
        for box in page.get_by_role("checkbox").all()[:3]:
            box.check()
        page.get_by_role("button", name="Relire les envois choisis").click()
        boxes = page.get_by_role("checkbox", name="Vu").all()
        assert len(boxes) == 3
        assert not any(box.is_checked() for box in boxes)
        for box in boxes[:2]:
            box.check()
        page.get_by_role("button", name="Approuver ce qui est vu").click()
        expect(page.get_by_role("status")).to_contain_text("2 sur 2")
        page.get_by_role("link", name="Revenir à la liste").click()
        expect(page.get_by_role("checkbox")).to_have_count(3)
        assert "account=masto" in page.url
    assert states(room, 1, 3, 5, 7) == [State.APPROVED] * 2 + [State.WAITING] * 2
    assert complaints == []


def test_several_are_judged_by_keys_alone(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        page.goto(f"{room.url}/queue")
        press(page, "x", "j", "j", "X")
        expect(page.locator(".chosen [role=status]")).to_have_text("3 sur 20")
        page.get_by_role("button", name="Relire les envois choisis").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/queue/look**")
        press(page, "x", "j", "x")
        expect(page.locator(".chosen [role=status]")).to_have_text("Vus\xa0: 2 sur 3")
        press(page, "a")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui a été fait")
    assert states(room, 1, 2, 3, 4) == [State.APPROVED] * 2 + [State.WAITING] * 2
    assert complaints == []


def test_a_line_is_opened_and_words_are_looked_for_by_keys(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        page.goto(f"{room.url}/queue")
        press(page, "/")
        page.keyboard.type("urbain, x j a")
        page.keyboard.press("Control+a")
        page.keyboard.type("urbain")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=urbain**")
        expect(page.get_by_role("checkbox")).to_have_count(2)
        press(page, "j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/review/4?**")
        press(page, "/")
        expect(page.get_by_role("searchbox")).to_be_focused()
    assert states(room, 3, 4) == [State.WAITING] * 2
    assert complaints == []


def test_more_than_can_be_read_at_once_is_said(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        page.goto(f"{room.url}/queue")
        page.evaluate("document.querySelector('form.lines').dataset.most = 2")
        press(page, "x", "j", "j", "X")
        expect(page.locator(".chosen [role=status]")).to_contain_text("au plus")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


PATHS = (
    "/queue",
    "/queue?q=nulle-part",
    "/queue/look?id=1&id=4",
    "/queue/look",
    "/review?q=urbain",
    "/review?q=rien-de-tel",
)


@needs_axe
@for_everybody
def test_nothing_keeps_anybody_out_and_nothing_is_wider_than_the_screen(
    chromium: Browser, room: Newsroom, width: int, scheme: str, language: str
) -> None:
    room.change(3, note="The source has changed this entry.")
    room.change(9, state=State.REJECTED)
    viewport, dark = {"width": width, "height": 800}, scheme == "dark"
    with chromium.new_context(
        viewport=viewport,  # type: ignore[arg-type]  # Playwright's own typed dictionary
        color_scheme="dark" if dark else "light",
        bypass_csp=True,
    ) as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        for path in PATHS:
            page.goto(f"{room.url}{path}{'&' if '?' in path else '?'}lang={language}")
            assert (path, violations(page)) == (path, [])
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.goto(f"{room.url}/queue/look?id=1&id=9")
        page.get_by_role("checkbox").first.check()
        page.locator("button[value=approve]").click()
        page.wait_for_url("**/queue/judge")
        assert violations(page) == []
