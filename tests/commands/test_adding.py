"""Sources found or made from an address, and written into the configuration."""

import pytest

from tests.commands.blog import Blog
from tests.commands.conftest import Relay
from tests.edges.pages import HTML, NEWS, feed, page
from tests.fakes.feed_server import FeedServer, answer


def two_feeds(site: FeedServer) -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{name}">' for name in ("a", "b"))
    site.pages |= {"/": page(links), "/a": feed("Agence"), "/b": feed("Agenda")}


def test_adding_shows_every_feed_and_writes_the_first(relay: Relay, blog: Blog, site: FeedServer) -> None:
    two_feeds(site)
    added = relay("add", site.url)

    assert added.code == 0, added.err
    for said in (
        "1. Agence (rss20, 1 entries)",
        "named by the page",
        "· Une nouvelle",
        "2. Agenda",
        "[sources.agence]",
        "--pick N",
    ):
        assert said in added.out
    assert f'[sources.agence]\nurl = "{site.url}/a"\nattribution = "Source : Agence"\n' in blog.file.read_text()
    assert blog.file.read_text().startswith("# my own words\n")
    assert relay("check").code == 0


def test_another_feed_can_be_picked(relay: Relay, site: FeedServer) -> None:
    two_feeds(site)
    picked = relay("add", site.url, "--pick", "2", "--json").json
    none = relay("add", site.url, "--pick", "3")

    assert picked["source"]["id"] == "agenda"
    assert [(one["title"], one["how"]) for one in picked["found"]] == [
        ("Agence", "named by the page"),
        ("Agenda", "named by the page"),
    ]
    assert none.code == 2


def test_a_dry_run_writes_nothing(relay: Relay, blog: Blog, site: FeedServer) -> None:
    two_feeds(site)
    before = blog.file.read_text()

    assert "It would be [sources.agence]" in relay("add", site.url, "--dry-run").out
    assert blog.file.read_text() == before


def test_a_feed_that_is_a_source_already_is_not_added_twice(relay: Relay, site: FeedServer) -> None:
    two_feeds(site)
    relay("add", site.url)
    again = relay("add", site.url)

    assert (again.code, "is a source already" in again.err) == (1, True)


def news(site: FeedServer) -> None:
    site.pages["/actualites"] = answer(body=NEWS.encode(), headers=[HTML])


def test_a_page_without_a_feed_gets_selectors_proposed_and_a_person_picks(
    relay: Relay, blog: Blog, site: FeedServer
) -> None:
    news(site)
    before = blog.file.read_text()
    shown = relay("add", f"{site.url}/actualites")
    unchanged = blog.file.read_text() == before
    picked = relay("add", f"{site.url}/actualites", "--pick", "1", "--id", "agence")

    assert (shown.code, unchanged) == (1, True)
    for said in (
        "entry = 'article'",
        "· 2026-03-12  Un premier bilan des quartiers",
        "Nothing was written",
        "--pick N",
    ):
        assert said in shown.out
    assert picked.code == 0, picked.err
    assert 'select = {entry = "article", title = "h3", ' in blog.file.read_text()
    assert relay("check").code == 0


def test_a_selector_of_ones_own_is_tried_and_written(relay: Relay, blog: Blog, site: FeedServer) -> None:
    news(site)
    added = relay("add", f"{site.url}/actualites", "--select", "main article", "--id", "agence")

    assert added.code == 0, added.err
    assert 'select = {entry = "main article"}' in blog.file.read_text()


def test_a_source_made_of_a_page_can_be_tried(relay: Relay, site: FeedServer) -> None:
    news(site)
    relay("add", f"{site.url}/actualites", "--select", "article", "--id", "agence")
    tried = relay("try", f"{site.url}/actualites", "--json").json

    assert (tried["source"], tried["format"]) == ("agence", "html")
    assert "Un premier bilan des quartiers" in {one["post"]["headline"] for one in tried["entries"]}


@pytest.mark.parametrize(
    ("selector", "code", "said"),
    [("article..x", 2, "is not a CSS selector"), ("section.absente", 1, "Nothing on this page is “section.absente”")],
)
def test_a_selector_that_finds_nothing_is_not_written(
    relay: Relay, blog: Blog, site: FeedServer, selector: str, code: int, said: str
) -> None:
    news(site)
    before = blog.file.read_text()
    refused = relay("add", f"{site.url}/actualites", "--select", selector)

    assert (refused.code, said in refused.err, blog.file.read_text() == before) == (code, True, True)


def test_c10_a_page_that_robots_may_not_read_is_not_made_into_a_feed(relay: Relay, site: FeedServer) -> None:
    news(site)
    site.pages["/robots.txt"] = answer(body=b"User-agent: *\nDisallow: /actualites")
    refused = relay("add", f"{site.url}/actualites", "--pick", "1")

    assert refused.code == 1
    assert "asks robots not to read this page" in refused.err


def test_adding_says_what_check_would_warn_of(relay: Relay, blog: Blog, site: FeedServer) -> None:
    two_feeds(site)
    blog.file.write_text(blog.file.read_text() + '\n[notify.redaction]\nemail = ["a@b.fr"]\nwhen = ["waiting"]\n')
    assert "warning[R141]" in relay("add", site.url).err
