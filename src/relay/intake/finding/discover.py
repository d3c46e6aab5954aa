"""The feeds behind a web page: those that it names, those that sites of its kind have, and a few polite guesses."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, takewhile
from urllib.parse import urljoin

from lxml import html

from relay.intake.finding import anchors, headers, sites
from relay.intake.finding.kinds import is_feed
from relay.intake.finding.tree import base_of, text_of, tree_of
from relay.intake.reading import fields
from relay.intake.wire.page import Page

MOST_GUESSES = 10
"""Addresses that nothing names, and that may not be there."""
_USUAL = (
    *("feed/", "rss.xml", "feed.xml", "atom.xml", "rss", "index.xml"),
    *("spip.php?page=backend", "actualites/rss.xml", "flux-rss.xml", "feeds/posts/default"),
)


class How(StrEnum):
    """How the address of a feed was come by, the surest first."""

    ITSELF = "the address itself"
    LINK = "named by the page"
    HEADER = "named by the answer"
    ANCHOR = "linked from the page"
    LISTED = "on a list of feeds that the page links to"
    SITE = "where such sites have it"
    GUESS = "guessed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a feed's; only reading it tells."""

    url: str
    how: How


def discover(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses of the feeds that the page at ``url`` names, each once, in its order; those of comments last."""
    found = dict.fromkeys(_named(body, None, url))
    return tuple(sorted(found, key=_is_of_comments))


def candidates(page: Page) -> tuple[Candidate, ...]:
    """Where the feed of ``page`` may be, the surest first, each address once. Guesses are ``MOST_GUESSES`` at most."""
    text = text_of(page.body, page.content_type)
    tree = tree_of(text)
    ways = (
        *((url, How.LINK) for url in sorted(_named(page.body, page.content_type, page.url), key=_is_of_comments)),
        *((url, How.HEADER) for url in headers.named(page.links, page.url)),
        *((url, How.ANCHOR) for url in (anchors.linked(tree, page.url) if tree is not None else ())),
        *((url, How.SITE) for url in sites.known(page.url)),
        *((url, How.GUESS) for url in (*sites.marked(text, page.url), *_usual(page.url))),
    )
    first: dict[str, How] = {}
    for url, how in ways:
        first.setdefault(url, how)
    first.pop(page.url, None)
    return tuple(_with_few_guesses(Candidate(url, how) for url, how in first.items()))


def at_known_site(url: str) -> tuple[Candidate, ...]:
    """Where the feed of ``url`` is although its page cannot be had, as the address tells."""
    return tuple(Candidate(feed, How.SITE) for feed in sites.known(url))


def _named(body: bytes, content_type: str | None, url: str) -> Iterator[str]:
    tree = tree_of(text_of(body, content_type))
    return _links(tree, url) if tree is not None else iter(())


def _links(tree: html.HtmlElement, url: str) -> Iterator[str]:
    """Of every ``link``. A ``base`` after it was to be ignored (HTML 4.01 §12.4), and is not today: both are told."""
    base, first = base_of(tree, url), tree.find(".//base[@href]")
    early = list(takewhile(lambda element: element is not first, tree.iter("link", "base"))) if base != url else []
    for place, links in ((url, early), (base, tree.iter("link"))):
        for link in links:
            found = fields.address(place, link.get("href"))
            if found and is_feed(link.get("rel"), link.get("type"), found):
                yield found


def _usual(url: str) -> Iterator[str]:
    """Beside the page and at the root of its site, in turn."""
    for name in _USUAL:
        yield from dict.fromkeys((urljoin(url, name), urljoin(url, f"/{name}")))


def _with_few_guesses(found: Iterator[Candidate]) -> Iterator[Candidate]:
    every = tuple(found)
    yield from (one for one in every if one.how is not How.GUESS)
    yield from islice((one for one in every if one.how is How.GUESS), MOST_GUESSES)


def _is_of_comments(url: str) -> bool:
    return "/comments/" in url or "comment" in url.rpartition("/")[2]
