"""The pages in a real browser: nothing sticks out of a small telephone's screen, by day or by night."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from relay.publish import archive
from relay.publish.write import write
from tests.feeds.editions import blog, post

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
WIDE = "<table><tr>" + "<td>intercommunalité</td>" * 12 + "</tr></table><pre>" + "x" * 200 + "</pre>"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=[*OPTIONS, "--disable-component-update", "--disable-sync"]
        )
        yield started
        started.close()


@pytest.mark.parametrize("path", ["index.html", "billet-0.html"])
def test_nothing_sticks_out_at_320_pixels(browser: Browser, tmp_path: Path, path: str) -> None:
    long = post(0, headline="Anticonstitutionnellement" * 4, body_html=WIDE, picture=None)
    write(tmp_path, archive.render(blog(long)))
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(f"file://{tmp_path}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(251, 250, 246)"), ("dark", "rgb(21, 25, 29)")])
def test_the_page_follows_the_reader_s_light(browser: Browser, tmp_path: Path, scheme: str, paper: str) -> None:
    write(tmp_path, archive.render(blog()))
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"file://{tmp_path}/index.html", wait_until="domcontentloaded")
    page.wait_for_function("document.styleSheets.length > 0")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
