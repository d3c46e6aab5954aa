"""The newcomer's half minute, in a real browser: what waits, a yes, and where it has gone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.commands.test_daemon import demo

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
HALF_A_MINUTE = 30_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        options = [*OPTIONS, "--disable-component-update", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=options)
        yield browser.new_page(locale="fr-FR")
        browser.close()


def _approve(page: Page) -> None:
    """Whoever is quicker than the pictures of a first start is told to read again what has one since."""
    said = page.get_by_role("status").filter(has_text="Approuvé")
    again = page.get_by_role("alert").filter(has_text="Le texte a changé")
    for _ in range(5):
        page.get_by_role("button", name="Approuver & suivant").click()
        expect(said.or_(again).first).to_be_visible()
        if said.is_visible():
            return
    expect(said).to_be_visible()


def test_what_is_approved_stands_on_the_timeline_and_in_the_feed(page: Page, tmp_path: Path) -> None:
    with demo("--keep", str(tmp_path)) as (_, address):
        timelines = re.findall(r'server   = "(.+)"', (tmp_path / "relay.toml").read_text())
        page.goto(address)
        page.get_by_role("button", name="Entrer").click()
        _approve(page)
        page.goto(f"{timelines[0]}/masto")
        post = page.locator("article").first
        expect(post).to_contain_text("/feeds/blog/", timeout=HALF_A_MINUTE)
        link = post.locator('a[href*="/feeds/blog/"]').first.get_attribute("href")

        feed = (tmp_path / "feeds" / "blog" / "atom.xml").read_text(encoding="utf-8")
        assert f'href="{link}"' in feed
