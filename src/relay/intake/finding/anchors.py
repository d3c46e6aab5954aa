"""Links of a page that look like links to a feed: by their address, their type or their words."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from relay.intake.finding.tree import base_of
from relay.intake.reading import fields

MOST = 5
"""A page that lists more feeds than that is a catalogue: a person chooses there better than we do."""

MOST_LINKS = 10_000
"""Of one page."""
MOST_INSIDE = 50
"""Elements in a link; what has more in it is no label, and its words are looked through once for each link around."""

_ADDRESS = re.compile(
    r"\.(?:rss|atom|rdf)$|(?:^|[/_-])(?:rss2?|atom|feed|index|backend|flux|flux-rss)\.(?:xml|json|php)$"
    r"|/(?:feed|rss|atom)/?$|/feeds/posts/default$|\.rss\b",
    re.IGNORECASE,
)
_QUERY = re.compile(
    r"(?:^|&)(?:page=backend|feed=(?:rss2?|atom|rdf)|format=(?:feed|rss|atom)|type=(?:rss|atom))", re.IGNORECASE
)
_WORDS = re.compile(
    r"(?:flux |fil |feed |s.abonner (?:au|à) .{0,20})?\b(?:rss|atom)\b(?: feed| 2\.0)?|flux d.actualités", re.IGNORECASE
)
_READERS = ("feedly.com", "netvibes.com", "inoreader.com", "theoldreader.com", "add.my.yahoo.com", "newsblur.com")


def linked(tree: html.HtmlElement, url: str) -> Iterator[str]:
    """The addresses, those that look like a feed's before those that are only called so."""
    base = base_of(tree, url)
    links = islice(tree.iter("a"), MOST_LINKS)
    found = [(link, address) for link in links if (address := _address(base, link.get("href")))]
    sure = [address for link, address in found if _looks_like_feed(address) or "rss+xml" in (link.get("type") or "")]
    called = [address for link, address in found if _is_called_feed(link)]
    yield from tuple(dict.fromkeys((*sure, *called)))[:MOST]


def _address(base: str, href: str | None) -> str | None:
    """Also of ``feed://host/…`` and ``feed:https://host/…``, by which browsers were once told of readers."""
    plain = re.sub(r"^\s*feed:(?://(?!/))?(?=https?:)|^\s*feed:(?=//)", "", href or "")
    found = fields.address(base, plain)
    return found if found and not any(reader in urlsplit(found).netloc for reader in _READERS) else None


def _looks_like_feed(address: str) -> bool:
    parts = urlsplit(address)
    return bool(_ADDRESS.search(parts.path) or _QUERY.search(parts.query))


def _is_called_feed(link: html.HtmlElement) -> bool:
    if next(islice(link.iterdescendants(), MOST_INSIDE, None), None) is not None:
        return False
    text = " ".join(str(link.text_content()).split())
    return any(
        _WORDS.fullmatch(words.strip()) for words in (text, link.get("title") or "", link.get("aria-label") or "")
    )
