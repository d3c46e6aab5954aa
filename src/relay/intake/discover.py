"""The feeds that a web page names (HTML, ``link`` of type ``alternate``)."""

import re
from collections.abc import Iterator

from lxml import etree, html

from relay.intake.reading import fields
from relay.intake.reading.decoding import decode

_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "application/rdf+xml",
        "application/x.atom+xml",
        "application/x-atom+xml",
    }
)
_NO_FEED = ("wp-json", "oembed")
"""WordPress announces its interfaces as ``application/json`` too."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}>")
"""What an XHTML page says of its bytes, which are text by now."""


def discover(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses of the feeds that the page at ``url`` names, in its order, each once."""
    return tuple(dict.fromkeys(_feeds(decode(body, None).text, url)))


def _feeds(page: str, url: str) -> Iterator[str]:
    try:
        tree = html.document_fromstring(_DECLARATION.sub("", fields.clean(page)))
    except (etree.ParserError, ValueError):
        return
    root = tree.find(".//base[@href]")
    base = fields.address(url, root.get("href")) or url if root is not None else url
    for link in tree.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in _TYPES:
            found = fields.address(base, link.get("href"))
            if found and not (kind == "application/json" and any(word in found for word in _NO_FEED)):
                yield found
