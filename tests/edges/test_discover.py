import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.intake.finding.discover import at_known_site, candidates, discover
from relay.intake.wire.page import Page
from tests.core.shared import shared

URL = "https://www.exemple.fr/blog/"


def page(head: str) -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><p>Une page</p></body></html>".encode()


def test_feeds_are_named_in_the_order_of_the_page() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="rss"><link rel=alternate type=application/atom+xml href=/atom>'
    assert discover(page(head), URL) == ("https://www.exemple.fr/blog/rss", "https://www.exemple.fr/atom")


def test_a_feed_named_twice_comes_once() -> None:
    link = '<link rel="ALTERNATE feed" type="Application/RSS+XML; charset=utf-8" href="/rss">'
    assert discover(page(link * 2), URL) == ("https://www.exemple.fr/rss",)


def test_addresses_are_relative_to_the_page_s_base() -> None:
    head = '<base href="https://autre.fr/a/"><link rel="alternate" type="application/feed+json" href="feed.json">'
    assert discover(page(head), URL) == ("https://autre.fr/a/feed.json",)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="application/rss+xml" href="/rss">',
        '<link rel="alternate" hreflang="en" href="/en">',
        '<link rel="alternate" type="text/html" href="/amp">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:x">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">',
        '<!-- <link rel="alternate" type="application/rss+xml" href="/rss"> -->',
    ],
)
def test_other_links_are_not_feeds(link: str) -> None:
    assert discover(page(link), URL) == ()


@given(st.binary(max_size=200))
def test_no_page_is_too_strange(body: bytes) -> None:
    assert isinstance(discover(body, URL), tuple)


def test_a_base_after_the_link_is_told_both_ways() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="rss"><base href="https://autre.fr/">'
    assert discover(page(head), URL) == ("https://www.exemple.fr/blog/rss", "https://autre.fr/rss")


def test_feeds_of_comments_come_last() -> None:
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in ("/comments/feed/", "/feed/")
    )
    assert discover(page(head), URL) == ("https://www.exemple.fr/feed/", "https://www.exemple.fr/comments/feed/")


def found(body: bytes, url: str = URL, *links: str) -> list[tuple[str, str]]:
    return [(one.how.name, one.url) for one in candidates(Page(url, body, "text/html", links))]


def test_the_surest_candidate_comes_first_and_each_once() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/link.xml">'
    body = page(head).replace(b"<p>", b'<p><a href="/link.xml">RSS</a> <a href="/anchor.rss">RSS</a> ')
    header = '</header.xml>; rel="alternate"; type="application/atom+xml", <x>; rel=next; type=application/atom+xml'
    kinds = found(body, URL, header)

    assert kinds[:3] == [
        ("LINK", "https://www.exemple.fr/link.xml"),
        ("HEADER", "https://www.exemple.fr/header.xml"),
        ("ANCHOR", "https://www.exemple.fr/anchor.rss"),
    ]
    assert {kind for kind, _ in kinds[3:]} == {"GUESS"}
    assert len({url for _, url in kinds}) == len(kinds)


@pytest.mark.parametrize(
    "anchor",
    [
        '<a href="/actualites.rss">Nos actualités</a>',
        '<a href="/rss.xml">x</a>',
        '<a href="/blog/feed/">x</a>',
        '<a href="spip.php?page=backend&amp;id_rubrique=3">x</a>',
        '<a href="/index.php?format=feed&amp;type=rss">x</a>',
        '<a href="/x" type="application/rss+xml">x</a>',
        '<a href="/nouveautes">Flux RSS</a>',
        '<a href="/nouveautes" title="S\'abonner au flux RSS"><img src="rss.png"></a>',
        '<a href="/nouveautes" aria-label="RSS"></a>',
        '<a href="feed://www.exemple.fr/x">RSS</a>',
        '<a href="feed:https://www.exemple.fr/x">RSS</a>',
    ],
)
def test_a_link_that_looks_like_a_feed_is_a_candidate(anchor: str) -> None:
    kinds = found(page("").replace(b"<p>", f"<p>{anchor}".encode()))
    assert kinds[0][0] == "ANCHOR"
    assert kinds[0][1].startswith(("https://www.exemple.fr/", "http://www.exemple.fr/"))


@pytest.mark.parametrize(
    "anchor",
    [
        '<a href="/atomique">Énergie atomique</a>',
        '<a href="/rss-et-vie-privee">Ce que RSS sait de vous</a>',
        '<a href="https://feedly.com/i/subscription/feed/https://www.exemple.fr/rss.xml">Feedly</a>',
        '<a href="mailto:rss@exemple.fr">RSS</a>',
        '<a href="/feedback">Donnez votre avis</a>',
    ],
)
def test_another_link_is_none(anchor: str) -> None:
    assert "ANCHOR" not in {kind for kind, _ in found(page("").replace(b"<p>", f"<p>{anchor}".encode()))}


@pytest.mark.parametrize(
    ("site", "feed"),
    [
        ("https://www.youtube.com/channel/UCsT0YIqwnpJCM-mx7-gSA4Q", "https://www.youtube.com/feeds/videos.xml?channel_id=UCsT0YIqwnpJCM-mx7-gSA4Q"),
        ("https://www.youtube.com/playlist?list=PLbpi6ZahtOH6Blw3RGYpWkSByi_T7Rygb", "https://www.youtube.com/feeds/videos.xml?playlist_id=PLbpi6ZahtOH6Blw3RGYpWkSByi_T7Rygb"),
        ("https://www.reddit.com/r/france/", "https://www.reddit.com/r/france/.rss"),
        ("https://github.com/betagouv/beta.gouv.fr", "https://github.com/betagouv/beta.gouv.fr/releases.atom"),
        ("https://github.com/betagouv", "https://github.com/betagouv.atom"),
        ("https://social.numerique.gouv.fr/@anct", "https://social.numerique.gouv.fr/@anct.rss"),
        ("https://bsky.app/profile/lemonde.fr", "https://bsky.app/profile/lemonde.fr/rss"),
        ("https://medium.com/@anct", "https://medium.com/feed/@anct"),
        ("https://anct.medium.com/un-billet", "https://anct.medium.com/feed"),
        ("https://anct.tumblr.com/", "https://anct.tumblr.com/rss"),
        ("https://www.tumblr.com/anct", "https://anct.tumblr.com/rss"),
        ("https://anct.blogspot.com/2026/", "https://anct.blogspot.com/feeds/posts/default"),
        ("https://anct.wordpress.com/", "https://anct.wordpress.com/feed/"),
        ("https://anct.substack.com/p/un", "https://anct.substack.com/feed"),
    ],
)  # fmt: skip
def test_a_known_site_has_its_feed_where_such_sites_have_it(site: str, feed: str) -> None:
    assert at_known_site(site)[0].url == feed
    assert ("SITE", feed) in found(page(""), site)


@pytest.mark.parametrize(
    "site", ["https://www.exemple.fr/", "https://www.tiktok.com/@anct", "https://notgithub.com/a/b"]
)
def test_another_site_is_not_taken_for_one(site: str) -> None:
    assert at_known_site(site) == ()


@pytest.mark.parametrize(
    ("mark", "feed"),
    [
        ('<meta name="generator" content="SPIP 4.2.16">', "/spip.php?page=backend"),
        ('<meta name="generator" content="WordPress 6.4">', "/feed/"),
        ('<link rel="stylesheet" href="/sites/default/files/css/a.css">', "/rss.xml"),
        ('<meta name="generator" content="Joomla! - Open Source">', "/index.php?format=feed&type=rss"),
        ('<meta name="generator" content="TYPO3 CMS">', "/rss.xml"),
        ('<meta name="generator" content="Hugo 0.120">', "/index.xml"),
    ],
)
def test_the_first_guess_is_that_of_the_software_behind_the_page(mark: str, feed: str) -> None:
    assert found(page(mark))[0] == ("GUESS", f"https://www.exemple.fr{feed}")


def test_a_channel_is_found_in_the_page_of_its_handle() -> None:
    body = page("").replace(b"<p>", b'<script>{"externalId":"UCsT0YIqwnpJCM-mx7-gSA4Q"}</script><p>')
    feed = "https://www.youtube.com/feeds/videos.xml?channel_id=UCsT0YIqwnpJCM-mx7-gSA4Q"
    assert found(body, "https://www.youtube.com/@anct")[0] == ("GUESS", feed)


def test_f7_guesses_are_ten_at_most() -> None:
    marks = '<meta name="generator" content="WordPress"><meta name="generator" content="SPIP"><meta content="Drupal">'
    guesses = [url for kind, url in found(page(marks)) if kind == "GUESS"]
    assert len(guesses) == 10


@pytest.mark.parametrize(
    ("before", "is_found"), [("<a href=/x></a>" * 9_999, True), ("<a href=/x></a>" * 10_000, False)]
)
def test_the_links_of_a_page_have_an_end(before: str, *, is_found: bool) -> None:
    links = [url for kind, url in found(f"<body>{before}<a href=/rss.xml>Actualités</a>".encode()) if kind != "GUESS"]
    assert links == (["https://www.exemple.fr/rss.xml"] if is_found else [])


@pytest.mark.parametrize(("inside", "is_found"), [(50, True), (51, False)])
def test_a_link_with_half_the_page_in_it_is_no_label(inside: int, *, is_found: bool) -> None:
    links = [url for kind, url in found(f"<body><a href=/x>RSS{'<b></b>' * inside}</a>".encode()) if kind != "GUESS"]
    assert links == (["https://www.exemple.fr/x"] if is_found else [])


DIFFERENCES: dict[str, str] = {}
"""Cases of the corpus that relay judges differently, each with the reason: none."""


def test_the_corpus_of_pages_is_read_as_it_wants() -> None:
    folder = shared("corpora/autodiscovery/cases.jsonl").parent
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text().splitlines()]
    wrong = {
        case["id"]
        for case in cases
        if discover((folder / case["file"]).read_bytes(), case["url"])[: len(case["expected"])]
        != tuple(case["expected"])
    }
    assert wrong == DIFFERENCES.keys()
