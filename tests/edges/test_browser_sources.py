"""The pages of sources in a real browser: without JavaScript, on a phone, and for everybody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from relay.core.fetched import Fetch
from relay.core.polling.pollstate import Hints, Moving, Place, PollState, Rhythm
from relay.core.source import Validators
from relay.storage import fetches, sources
from tests.edges.browsers import CHROMIUM
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.edges.pages import feed
from tests.edges.test_browser import for_everybody, needs_axe, open_page, sign_in_by_keyboard, violations
from tests.fakes.feed_server import FeedServer, listening

HOUR = timedelta(hours=1)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]


@pytest.fixture
def publisher() -> Iterator[FeedServer]:
    with listening(feed()) as server:
        yield server


@pytest.fixture
def room(tmp_path: Path, publisher: FeedServer) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path, source=f"{publisher.url}/rss") as newsroom:
        yield newsroom


def fill(room: Newsroom) -> None:
    """A source with all that a page of one can show."""
    url = room.office.desk.sources["anct"].url
    refused = "anct.exemple.fr refuses this reader (403)."
    notes = ("Write to its publisher: https://anct.exemple.fr/rss refuses “relay/1”.", "repaired: bare ampersand")
    moving = Moving("https://une-adresse.exemple.fr/beaucoup/plus/longue/que/toutes/les/autres.xml", NOON)
    state = PollState(
        due=NOON + HOUR,
        polled_at=NOON,
        failures=5,
        answer=refused,
        reason="5 failures in a row: again after 8 h",
        validators=Validators(b'W/"%s"' % (b"a" * 80)),
        hints=Hints(12 * HOUR, None, None, frozenset({1}), frozenset({2})),
        place=Place(url, "https://b.exemple.fr/rss", (url,), moving),
        rhythm=Rhythm(NOON - HOUR, 30 * HOUR),
    )
    plain = Fetch(NOON, "304", url, saved=34567, seconds=0.1)
    with room.office.db.write() as tx:
        sources.save(tx, "anct", state, None)
        for number in range(20):
            fetches.add(tx, "anct", replace(plain, at=NOON - (30 - number) * HOUR))
        fetches.add(tx, "anct", replace(plain, answer="200", new=3, size=34567, saved=0, notes=notes[1:]))
        fetches.add(tx, "anct", replace(plain, answer=refused, saved=0, notes=notes))


def test_a_source_is_asked_now_without_javascript(chromium: Browser, room: Newsroom, publisher: FeedServer) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page, complaints = open_page(context)
        page.goto(room.url + room.link("camille"))
        page.get_by_role("main").get_by_role("button").click()
        page.locator("summary", has_text="Plus").click()
        page.get_by_role("link", name="Sources").click()
        page.get_by_role("link", name="ANCT", exact=True).click()
        page.get_by_role("button", name="Interroger maintenant").click()
        expect(page.get_by_role("status")).to_contain_text("Réponse : lue (200) Nouvelles entrées : 1.")
    assert len(publisher.asked) == 1
    assert complaints == []


def test_a_source_is_asked_now_with_the_keyboard_alone(
    chromium: Browser, room: Newsroom, publisher: FeedServer
) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        sign_in_by_keyboard(page, room)
        page.goto(f"{room.url}/sources/anct")
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Interroger maintenant":
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Nouvelles entrées : 1.")


@needs_axe
@for_everybody
def test_they_keep_nobody_out_and_are_no_wider_than_the_screen(
    chromium: Browser, room: Newsroom, language: str, scheme: str, width: int
) -> None:
    fill(room)
    viewport = {"width": width, "height": 800}
    colours = {"light": "light", "dark": "dark"}[scheme]
    with chromium.new_context(viewport=viewport, color_scheme=colours, bypass_csp=True) as context:  # type: ignore[arg-type]  # Playwright's own literal types
        page, complaints = open_page(context)
        sign_in_by_keyboard(page, room)
        for path in ("/sources", "/sources/anct"):
            page.goto(f"{room.url}{path}?lang={language}")
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert violations(page) == []
    assert complaints == []
