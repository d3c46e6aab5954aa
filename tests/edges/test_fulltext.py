"""The article behind an entry: robots.txt first, then the page, and whatever fails leaves the entry as it was."""

import sys
from collections.abc import Iterator

import httpx
import pytest

from relay.core.document import ParsedEntry
from relay.intake.fulltext import MISSING, Completed, complete
from relay.intake.wire.robots import Robots
from tests.edges.pages import client, page
from tests.fakes.feed_server import FeedServer, answer, listening

WORDS = "Le programme dresse son bilan un an après son lancement, dans toutes les communes qui y prennent part. "
ARTICLE = f"""<html lang="fr"><head><title>Un bilan — Agence</title></head><body>
<nav><a href="/">Accueil</a> <a href="/contact">Contact</a></nav>
<article><h1>Un premier bilan</h1><p>{WORDS * 3}</p><h2>Les communes</h2>
<p>{WORDS * 3}<a href="/liste">La liste</a> <img src="carte.png" alt="La carte"><script>x()</script></p>
<ul><li>Une mesure pour les communes rurales</li><li>Une autre pour les quartiers</li></ul></article>
<footer>Mentions légales</footer></body></html>"""


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with client() as http:
        yield http


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with listening(answer(404)) as server:
        server.pages["/actu/bilan"] = answer(
            body=ARTICLE.encode(), headers=[(b"Content-Type", b"text/html; charset=utf-8")]
        )
        yield server


def entry(site: FeedServer, path: str = "/actu/bilan") -> ParsedEntry:
    return ParsedEntry(site.url + path, site.url + path, "Un premier bilan", summary="Le programme dresse…")


def completed(http: httpx.Client, one: ParsedEntry) -> Completed:
    return complete(http, Robots(http), one)


def test_the_article_becomes_the_content_safe_and_without_what_is_around_it(
    http: httpx.Client, site: FeedServer
) -> None:
    done = completed(http, entry(site))
    content = done.entry.content_html or ""

    assert done.note is None
    assert content.count(WORDS.strip()) == 6
    assert f'href="{site.url}/liste"' in content
    assert "<li>Une mesure pour les communes rurales</li>" in content
    assert [word for word in ("script", "Accueil", "Mentions", "<h1", "Un premier bilan") if word in content] == []
    assert done.entry.picture
    assert (done.entry.picture.url, done.entry.picture.alt) == (f"{site.url}/actu/carte.png", "La carte")
    assert (done.entry.id, done.entry.title, done.entry.summary) == (
        entry(site).id,
        entry(site).title,
        entry(site).summary,
    )


def test_c10_robots_are_asked_first_and_obeyed(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/robots.txt"] = answer(body=b"User-agent: relay\nDisallow: /actu/")
    done = completed(http, entry(site))

    assert done.entry == entry(site)
    assert "asks robots not to read this page" in (done.note or "")
    assert [asked.path for asked in site.asked] == ["/robots.txt"]


def test_c10_holds_for_where_a_page_redirects_to(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/robots.txt"] = answer(body=b"User-agent: *\nDisallow: /actu/")
    site.pages["/court"] = answer(302, headers=[(b"Location", b"/actu/bilan")])
    done = completed(http, entry(site, "/court"))

    assert done.entry == entry(site, "/court")
    assert "robots.txt" in (done.note or "")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (answer(404), "answered 404"),
        (answer(403), "refuses this reader"),
        (page("<p>Connectez-vous</p>"), "No article was found"),
        (answer(body=b"\x00\xff\xfe" * 50), "No article was found"),
        (answer(body=b""), "No article was found"),
    ],
)
def test_a_page_that_cannot_be_had_leaves_the_entry_with_a_note(
    http: httpx.Client, site: FeedServer, told: bytes, said: str
) -> None:
    site.pages["/actu/bilan"] = told
    done = completed(http, entry(site))

    assert done.entry == entry(site)
    assert said in (done.note or "")


def test_an_article_shorter_than_what_the_feed_gave_is_not_taken(http: httpx.Client, site: FeedServer) -> None:
    whole = ParsedEntry("1", f"{site.url}/actu/bilan", "Un premier bilan", content_html=f"<p>{WORDS * 20}</p>")
    assert completed(http, whole).entry == whole


def test_scripts_do_not_keep_the_article_of_a_long_page_from_being_found(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/actu/bilan"] = page(ARTICLE.replace("<body>", f"<body><script>{'x();' * 150_000}</script>"))
    assert WORDS.strip() in (completed(http, entry(site)).entry.content_html or "")


@pytest.mark.parametrize("before", ["<div>" * 120, "<p></p>" * 10_000, "<!-- -->" * 70_000])
def test_a_page_that_would_take_the_extractor_long_is_not_given_to_it(
    http: httpx.Client, site: FeedServer, before: str
) -> None:
    site.pages["/actu/bilan"] = page(before + ARTICLE)
    done = completed(http, entry(site))
    assert done.entry == entry(site)
    assert "No article was found" in (done.note or "")


def test_an_entry_without_an_address_asks_nobody(http: httpx.Client, site: FeedServer) -> None:
    assert completed(http, ParsedEntry("1", None, "Un titre")) == Completed(ParsedEntry("1", None, "Un titre"))
    assert site.asked == []


def test_without_the_library_a_sentence_says_what_to_install(
    http: httpx.Client, site: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert completed(http, entry(site)) == Completed(entry(site), MISSING)
