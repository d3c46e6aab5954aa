"""The timelines of the sandbox networks, as a visitor sees them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from relay.demo import timelines
from relay.demo.board import SandboxAccount
from relay.demo.marking import pieces
from relay.demo.serving import Running

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LINK = "https://blog.example/2026/halles"
ACCOUNTS = (
    SandboxAccount("masto", "Le blog", "blog@social.example", "mastodon"),
    SandboxAccount("sky", "Le blog", "blog.example", "bluesky"),
)

browser = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]

Put = Callable[..., httpx.Response]


@pytest.fixture
def server() -> Iterator[Running]:
    running = timelines.serve(ACCOUNTS)
    yield running
    running.stop()


@pytest.fixture
def put(server: Running, http: httpx.Client) -> Put:
    """Put a post of ``masto`` under its key; an hour names it."""

    def put(text: str, hour: int = 8, **rest: str) -> httpx.Response:
        post = {"text": text, "language": "fr", "created_at": f"2026-11-24T{hour:02}:00:00Z", **rest}
        return http.put(f"{server.url}/accounts/masto/posts/at-{hour}", json=post)

    return put


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=[*OPTIONS, "--disable-component-update", "--disable-sync"]
        )
        yield started.new_page(viewport={"width": 320, "height": 640}, locale="fr-FR")
        started.close()


def shown(server: Running, path: str = "/masto", language: str = "fr") -> str:
    return httpx.get(server.url + path, headers={"Accept-Language": language}, trust_env=False).text


@pytest.mark.shows("mention", "tags", at="sandbox_mastodon")
def test_it_marks_links_mentions_and_hashtags(server: Running, put: Put) -> None:
    put(f"Les halles @cget@social.example #SMCL\n{LINK}")
    timeline = shown(server)
    assert (
        f'<a href="{LINK}" rel="nofollow noopener noreferrer" title="{LINK}">blog.example/2026/halles</a>' in timeline
    )
    assert '<span class="mention" title="@cget@social.example">@cget</span>' in timeline
    assert '<span class="hashtag" title="#SMCL">#SMCL</span>' in timeline


def test_marking_loses_nothing() -> None:
    text = f"« Les halles » @cget #SMCL,\n\n{LINK}?a={'b' * 60}. Fin"
    assert "".join(piece.whole for piece in pieces(text)) == text


def test_a_long_link_is_shown_short() -> None:
    [link] = [
        piece.shown for piece in pieces("https://www.blog.example/2026/halles-et-marches-couverts") if piece.whole
    ]
    assert link == "blog.example/2026/halles-et-ma…"


@pytest.mark.shows("card", at="sandbox_mastodon")
def test_it_draws_the_card_of_the_link(server: Running, put: Put) -> None:
    put("Les halles", link="https://www.blog.example/halles", title="Les halles rouvrent", description="Un bilan")
    timeline = shown(server)
    assert '<span class="card-title">Les halles rouvrent</span>' in timeline
    assert '<span class="card-domain">blog.example</span>' in timeline


@pytest.mark.shows("language", at="sandbox_mastodon")
def test_it_says_in_which_language_a_post_is(server: Running, put: Put) -> None:
    put("Les halles")
    assert '<p class="text" lang="fr">' in shown(server, language="en")


def test_the_newest_post_stands_first(server: Running, put: Put) -> None:
    put("La seconde", hour=9)
    put("La première", hour=8)
    timeline = shown(server)
    assert timeline.index("La seconde") < timeline.index("La première")


def test_a_text_is_never_markup(server: Running, put: Put) -> None:
    put("<script>alert(1)</script>", link="javascript:alert(1)", title="<b>", description="<i>", language='"><u>')
    timeline = shown(server)
    assert "&lt;script&gt;alert(1)" in timeline
    assert [bad for bad in ("<script>alert", "javascript:", "<b>", "<i>", "<u>") if bad in timeline] == []


def test_no_page_may_run_anything_from_elsewhere_or_load_more_than_the_pictures_of_cards(server: Running) -> None:
    policy = httpx.get(server.url, trust_env=False).headers["content-security-policy"]
    assert policy == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' http: https:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_a_card_has_the_picture_of_its_post(server: Running, http: httpx.Client, put: Put) -> None:
    put("Les halles rouvrent", link=LINK, title="Les halles")
    assert "<img" not in shown(server)
    image = {"url": "http://127.0.0.1:9/pictures/halles.jpg", "alt": "Les halles"}
    post = {"text": "Le soir", "language": "fr", "created_at": "2026-11-24T09:00:00Z", "link": LINK, "title": "Le soir"}
    assert http.put(f"{server.url}/accounts/masto/posts/at-9", json={**post, "image": image}).status_code == 201
    assert '<img class="thumb" src="http://127.0.0.1:9/pictures/halles.jpg" alt="">' in shown(server)


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("fr", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("fr,en;q=0.5", "fr"),
        ("en, fr", "en"),
        ("de", "fr"),
        ("", "fr"),
    ],
)
def test_the_chrome_is_french_unless_english_is_preferred(server: Running, asked: str, language: str) -> None:
    assert f'<html lang="{language}">' in shown(server, language=asked)


def test_the_first_page_lists_the_accounts(server: Running) -> None:
    first = shown(server, "/")
    assert ("@blog@social.example" in first, "@blog.example" in first) == (True, True)


def test_an_account_that_nobody_wrote_to_has_no_page(server: Running) -> None:
    assert httpx.get(f"{server.url}/nobody", trust_env=False).status_code == 404


class TestInABrowser:
    """What only a browser can tell."""

    pytestmark = browser

    def test_a_new_post_appears_and_those_already_there_stay(self, server: Running, put: Put, page: Page) -> None:
        put("La première", hour=8)
        page.goto(f"{server.url}/masto")
        page.locator(".post").evaluate("post => post.dataset.kept = 'yes'")
        put("La seconde", hour=9)
        expect(page.locator(".post .text")).to_have_text(["La seconde", "La première"])
        expect(page.locator("[data-kept]")).to_have_count(1)

    def test_a_page_whose_server_is_gone_says_so(self, server: Running, page: Page) -> None:
        page.goto(f"{server.url}/masto")
        server.stop()
        expect(page.locator("[data-still]")).to_be_visible()

    @pytest.mark.parametrize("path", ["/", "/masto", "/sky"])
    def test_nothing_sticks_out_at_320_pixels(self, server: Running, put: Put, page: Page, path: str) -> None:
        put("Anticonstitutionnellement" * 8, link=LINK, title="Intercommunalités" * 9)
        page.goto(server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
