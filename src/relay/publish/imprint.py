"""Who publishes a feed, and on what terms, as Atom and RSS say it (RFC 4287, RFC 4946, RSS 2.0)."""

from collections.abc import Iterator
from functools import cache
from importlib.metadata import metadata
from typing import Any

from relay.core.feed import OutgoingFeed

_COMMONS = ("https://creativecommons.org/", "http://creativecommons.org/")


def describe(generator: Any, feed: OutgoingFeed) -> None:
    """The author, the rights and the pictures of a clean feed, said to feedgen."""
    imprint = feed.imprint
    generator.author(name=author(feed), uri=feed.link)
    if imprint.rights:
        generator.rights(imprint.rights)
    if imprint.icon:
        generator.icon(imprint.icon)
    if imprint.logo:
        # RSS's image too, with the title and the link of the channel, as its specification asks.
        generator.logo(imprint.logo)


def author(feed: OutgoingFeed) -> str:
    """Who publishes it: who is named for it, or else the blog itself."""
    return feed.imprint.author or feed.title


@cache
def homepage() -> str | None:
    """Where the package says relay lives, if it says so."""
    lines = (line.partition(", ") for line in metadata("relay").get_all("Project-URL") or ())
    return next((url for label, _, url in lines if label.casefold() == "homepage"), None)


def in_commons(terms: str | None) -> Iterator[str]:
    """The address of a Creative Commons licence: RSS has an element for these alone."""
    if terms and terms.startswith(_COMMONS):
        yield terms
