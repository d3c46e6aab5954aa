"""Accounts in a real browser: connected across two sites without JavaScript, on a phone, and for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from relay.core.account import Limits
from relay.core.outcome import Allowance
from relay.core.people import Role
from relay.core.standing import Served
from relay.pipeline.accounts import standing
from relay.storage import accounts
from tests.edges.browsers import CHROMIUM
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.test_browser import for_everybody, needs_axe, open_page, violations
from tests.fakes.granting import granting
from tests.fakes.mastodon import Mastodon
from tests.fakes.oauth import Authority

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]


@dataclass
class Floor:
    """A newsroom on one site, and the network of its account on another."""

    room: Newsroom
    authority: Authority

    def open(self, context: BrowserContext, role: Role = Role.ADMIN) -> tuple[Page, list[str]]:
        """The page of the accounts; the public address leads to where the newsroom listens."""
        page, complaints = open_page(context)
        page.route("http://127.0.0.1/**", self._on)
        page.goto(self.room.url + self.room.link(str(role), role))
        page.get_by_role("main").get_by_role("button").click()
        page.goto(f"{self.room.url}/accounts")
        return page, complaints

    def _on(self, route: Route) -> None:
        here = urlsplit(route.request.url)
        route.fulfill(status=302, headers={"location": f"{self.room.url}{here.path}?{here.query}"})


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    authority = Authority(token_life=timedelta(days=10))
    with granting(authority, Mastodon()) as wire:
        instance = wire.url.replace("127.0.0.1", "localhost")
        with open_newsroom(tmp_path, instance=instance) as room:
            authority.now = room.clock()
            yield Floor(room, authority)


@pytest.mark.parametrize("has_script", [True, False])
def test_an_account_is_connected_at_another_site(chromium: Browser, floor: Floor, *, has_script: bool) -> None:
    with chromium.new_context(java_script_enabled=has_script) as context:
        page, complaints = floor.open(context)
        page.get_by_role("button", name="Connecter – masto").click()
        page.get_by_role("button", name="Terminer la connexion").click()
        expect(page.get_by_role("status")).to_contain_text("masto est connecté.")
        expect(page.locator("#account-masto")).to_contain_text("@blog@localhost")
        expect(page.locator("#account-masto")).to_contain_text("par admin")
    assert complaints == []


def test_secrets_are_pasted_without_javascript(chromium: Browser, floor: Floor) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page, complaints = floor.open(context)
        page.locator("summary[aria-label='Coller ses secrets – bsky']").click()
        page.get_by_label("password").fill("not-a-real-one")
        page.get_by_role("button", name="Enregistrer – bsky").click()
        expect(page.get_by_role("status")).to_contain_text("bsky est connecté.")
        assert "not-a-real-one" not in page.content()
    assert complaints == []


def _in_trouble(floor: Floor) -> None:
    office, now = floor.room.office, floor.room.clock()
    why = "un.serveur.au.nom.vraiment.beaucoup.trop.long.pour.un.telephone.exemple.fr answered 401: no"
    with office.db.write() as tx:
        accounts.set_allowance(tx, "masto", Allowance(120, now + timedelta(hours=2)))
        accounts.set_told(tx, "masto", Served(Limits((("graphemes", 500),)), "Mastodon 4.5.2", now))
        standing.hold(tx, office.desk, "masto", why, now)


def test_on_a_phone_nothing_is_wider_than_the_screen(chromium: Browser, floor: Floor) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        page, _ = floor.open(context)
        page.get_by_role("button", name="Connecter – masto").click()
        page.get_by_role("button", name="Terminer la connexion").click()
        _in_trouble(floor)
        page.goto(f"{floor.room.url}/accounts")
        page.locator("summary").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@needs_axe
@for_everybody
def test_nothing_keeps_anybody_out(chromium: Browser, floor: Floor, language: str, scheme: str, width: int) -> None:
    viewport, colours = {"width": width, "height": 800}, {"light": "light", "dark": "dark"}[scheme]
    with chromium.new_context(viewport=viewport, color_scheme=colours, bypass_csp=True) as context:  # type: ignore[arg-type]  # Playwright's own literal types
        page, _ = floor.open(context)
        page.goto(f"{floor.room.url}/accounts?lang={language}")
        page.locator("summary").first.click()
        assert violations(page) == []
        page.goto(f"{floor.room.url}/accounts/callback?state=s&code=c&lang={language}")
        assert violations(page) == []
        page.get_by_role("main").get_by_role("button").click()  # refused: nobody began it
        assert violations(page) == []
        page.goto(f"{floor.room.url}/accounts?lang={language}")
        page.locator("form[action='/accounts/masto/connect'] button").click()
        page.get_by_role("main").get_by_role("button").click()
        assert violations(page) == []
        _in_trouble(floor)
        page.goto(f"{floor.room.url}/accounts?lang={language}")
        assert violations(page) == []
