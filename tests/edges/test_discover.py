import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.intake.discover import discover

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
