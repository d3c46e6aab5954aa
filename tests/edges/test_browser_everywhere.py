"""Every page there is, in both languages, by day and by night, on a wide screen and on a narrow one: for everybody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from starlette.routing import Route

from relay.core.crosspost import State
from relay.core.people import Role
from relay.core.question import Kind
from relay.storage import questions
from relay.web.app import create
from tests.edges.browsers import CHROMIUM
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.edges.test_browser import PICTURE, for_everybody, needs_axe, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]

VISITOR: dict[str, tuple[str, ...]] = {
    "/": ("/", "/nowhere"),
    "/c/{token}": ("/c/any",),
    "/offline": ("/offline",),
    "/d/{token}": ("/d/any",),
    "/accessibility": ("/accessibility",),
}
"""Addresses of the application, and where they are looked at by whoever is not signed in."""
EDITOR = {
    "/review": ("/review", "/review?state=scheduled", "/review?state=sent"),
    "/review/{id}": tuple(f"/review/{id}" for id in (1, 3, 5, 7, 9)),
    "/queue": ("/queue", "/queue?q=quartiers"),
    "/queue/look": ("/queue/look?id=1&id=2",),
    "/schedule": ("/schedule",),
    "/schedule/{id}": ("/schedule/1",),
    "/schedule/month": ("/schedule/month", "/schedule/month?m=2026-03"),
    "/me": ("/me",),
    "/keys": ("/keys",),
    "/stop": ("/stop",),
    "/sources": ("/sources",),
    "/sources/{source}": ("/sources/anct",),
    "/questions": ("/questions",),
    "/handles": ("/handles",),
    "/handles/{body}": ("/handles/anct",),
    "/accounts": ("/accounts",),
    "/feeds/": ("/feeds/",),
}
ADMIN = {
    "/members": ("/members",),
    "/tokens": ("/tokens",),
    "/notifications": ("/notifications",),
    "/accounts/callback": ("/accounts/callback",),
}
NO_PAGES = {
    "/sign-in/provider": "leads away",
    "/sign-in/provider/back": "leads on",
    "/audit.jsonl": "a download",
    "/live": "events",
    "/review/counts": "JSON",
    "/manifest.webmanifest": "JSON",
    "/sw.js": "a script",
    "/pictures/{name}": "pictures",
    "/review/{id}/pictures/{place}": "pictures",
    "/d/{token}/pictures/{name}": "pictures",
    "/feeds/{name}.opml": "OPML",
    "/feeds/{feed}": "leads to its folder",
    "/feeds/{feed}/{path:path}": "what is published: tests/feeds looks at it",
    "/websub/{token}": "for hubs",
    "/health": "JSON",
    "/metrics": "numbers for Prometheus",
    "/static/{path:path}": "style and script",
}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    """Cross-posts in the states in which pages differ most, and a question."""
    with open_newsroom(tmp_path) as newsroom:
        newsroom.change(3, state=State.SCHEDULED, not_before=NOON)
        newsroom.change(5, state=State.SENT, remote_url="https://social.exemple.fr/@blog/1")
        newsroom.change(7, state=State.UNCONFIRMED, note="The answer was lost.")
        newsroom.change(9, state=State.FAILED, note="The network refused it.")
        with newsroom.office.db.write() as tx:
            questions.ask(tx, "anct", Kind.MISSING, "https://anct.exemple.fr/feed", (), NOON)
        yield newsroom


def test_every_address_that_shows_a_page_is_looked_at(room: Newsroom) -> None:
    asked = {
        route.path
        for route in create(room.office).routes
        if isinstance(route, Route) and "GET" in (route.methods or ())
    }
    pages = {path for path in asked if not path.startswith("/api/")}
    assert pages == VISITOR.keys() | EDITOR.keys() | ADMIN.keys() | NO_PAGES.keys()


@needs_axe
@for_everybody
def test_every_page_is_for_everybody(
    chromium: Browser, room: Newsroom, width: int, language: str, scheme: Literal["dark", "light"]
) -> None:
    found: dict[str, list[str]] = {}
    for role, pages in ((None, VISITOR), (Role.EDITOR, EDITOR), (Role.ADMIN, ADMIN)):
        with chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
        ) as context:
            page = context.new_page()
            page.route("**/*.jpg", lambda route: route.fulfill(body=PICTURE, content_type="image/svg+xml"))
            if role:
                _sign_in(page, room, role)
            for address in (address for addresses in pages.values() for address in addresses):
                found[address] = _wrong(page, room, address, language, width)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def _sign_in(page: Page, room: Newsroom, role: Role) -> None:
    page.goto(room.url + room.link(f"one-{role}", role))
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/review*")


def _wrong(page: Page, room: Newsroom, address: str, language: str, width: int) -> list[str]:
    page.goto(f"{room.url}{address}{'&' if '?' in address else '?'}lang={language}")
    wider = page.evaluate("document.documentElement.scrollWidth") - width
    tongue = page.evaluate("document.documentElement.lang")
    return (
        violations(page)
        + ([f"{wider} px wider than the screen"] if wider > 0 else [])
        + ([f"in {tongue}"] if tongue != language else [])
    )
