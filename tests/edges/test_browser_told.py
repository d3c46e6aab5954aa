"""The pages behind links in letters in a real browser: without JavaScript, on a phone, and for everybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from relay.core.crosspost import State
from relay.core.people import Role
from relay.core.telling.link import Word
from tests.edges.browsers import CHROMIUM
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.test_browser import for_everybody, needs_axe, open_page, violations
from tests.edges.test_web_told import Letter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def edit(room: Newsroom) -> None:
    changed = {"revision": "1", "text": f"{room.crosspost(1).draft.text} Plus."}
    room.editor("remi", Role.WRITER).post("/review/1/edit", data=changed)


def test_one_key_press_says_it_without_javascript_or_a_session(chromium: Browser, room: Newsroom) -> None:
    with chromium.new_context(java_script_enabled=False, locale="fr-FR") as context:
        page, complaints = open_page(context)
        page.goto(room.url + Letter(room).links()[Word.APPROVE])
        assert room.crosspost(1).state is State.WAITING
        page.get_by_role("button", name="Approuver").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Approuvé. Départ")
        assert complaints == []
        assert [cookie["name"] for cookie in context.cookies()] == []
    assert room.crosspost(1).state is State.APPROVED


@needs_axe
@for_everybody
def test_nothing_keeps_anybody_out(chromium: Browser, room: Newsroom, language: str, scheme: str, width: int) -> None:
    links, viewport = Letter(room).links(), {"width": width, "height": 800}
    with chromium.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True) as context:  # type: ignore[arg-type]  # Playwright's own literal types
        page, _ = open_page(context)
        for word in Word:
            page.goto(f"{room.url}{links[word]}?lang={language}")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") == width
        edit(room)
        page.goto(f"{room.url}{links[Word.APPROVE]}?lang={language}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.goto(f"{room.url}/d/none?lang={language}")
        assert violations(page) == []
        page.goto(f"{room.url}{Letter(room).links(nonce=9)[Word.HOLD]}?lang={language}")
        page.get_by_role("main").get_by_role("button").click()
        assert violations(page) == []
        page.goto(f"{room.url}{links[Word.REJECT]}?lang={language}")
        assert violations(page) == []
