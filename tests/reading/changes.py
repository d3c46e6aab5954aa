"""Changes to a document after which it is well-formed still: what a reader who takes trees apart has to be asked."""

from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import Any

from lxml import etree

from tests.fuzz.seeds import seeds

LARGEST = 5_000
"""Bytes: what is long costs time, and says no more."""
_DECLARED = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "own": "http://a.example/own#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
_ELEMENTS_OF_FEEDS = """
title link description guid id pubDate published updated issued modified created author name email uri url summary
content subtitle tagline rights copyright info image logo icon source category enclosure item entry textInput
language generator managingEditor webMaster contributor comments ttl width height date cloud body fullitem keywords
abstract p div content:encoded dc:creator dc:date dc:title dc:subject dc:description dc:language dc:identifier
dc:rights dc:contributor dc:publisher dcterms:modified dcterms:issued itunes:author itunes:image itunes:category
itunes:keywords itunes:owner itunes:name itunes:email itunes:summary itunes:subtitle media:content media:thumbnail
media:group media:title media:description media:keywords media:category media:credit own:title own:thing atom:link
atom:id atom:author sy:updatePeriod xhtml:div
"""
_NAMES = _ELEMENTS_OF_FEEDS.split()
_ATTRIBUTES_OF_FEEDS = """
type mode rel href url uri isPermaLink term label scheme domain text src base lang length medium width title
xml:base xml:lang rdf:about rdf:resource own:type version REL Type
"""
_ATTRIBUTES = _ATTRIBUTES_OF_FEEDS.split()
_VALUES_OF_FEEDS = """
html xhtml text text/html text/plain application/xml application/octet-stream escaped base64 self alternate
enclosure replies hub false true /a/b?c=d&e=f http://b.example/../x https://c.example/i.jpg mailto:a@b.fr #x fr
fr_FR en image/jpeg 640 TEXT/HTML //d.example javascript:1 2.0 0.91 http:///e.example
"""
_VALUES = _VALUES_OF_FEEDS.split()
_TEXTS = (
    *(
        "<p>a <b>b</b></p>",
        "a &amp; b",
        "&copy; &lt;i&gt;c&lt;/i&gt; &bogus;",
        "d@e.fr (D E)",
        "D <d@e.fr>",
        "f, g h,i",
    ),
    *(
        "https://g.example/h",
        "/h",
        " \n ",
        "É»",
        "Ã©",
        "Â\u0092",
        "Mon, 01 Sep 2025 10:00:00 +0200",
        "</p>",
        "<xyz>a</xyz>",
    ),
    *("2025-09-01T10:00:00Z", "<div>i</div>", "a?b=1&c=2&amp;d=3"),
)


@cache
def trees() -> tuple[bytes, ...]:
    """Those documents to begin with that are small and well-formed."""
    small = (body for body in seeds() if len(body) <= LARGEST and body[:1] == b"<")
    return tuple(body for body in small if _tree(body) is not None)


def _tree(body: bytes) -> Any:
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def changed(chance: Random) -> bytes:
    """One of them with a few changes."""
    root = _tree(chance.choice(trees()))
    for _ in range(chance.randint(1, 6)):
        elements = [one for one in root.iter() if isinstance(one.tag, str) and one is not root]
        if elements:
            _one(chance, elements, chance.choice(_CHANGES))
    return bytes(etree.tostring(root, encoding="utf-8"))


def _one(chance: Random, elements: Sequence[Any], change: Callable[[Random, Any, Sequence[Any]], None]) -> None:
    change(chance, chance.choice(elements), elements)


def _full(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    if prefix == "xml":
        return f"{{http://www.w3.org/XML/1998/namespace}}{local}"
    return f"{{{_DECLARED[prefix]}}}{local}" if prefix else local


def _of_kin(name: str, element: Any) -> str:
    """A name without a prefix is of the namespace of whatever is there."""
    return _full(name) if ":" in name else f"{element.tag.rpartition('}')[0]}}}{name}" if "}" in element.tag else name


def _rename(chance: Random, element: Any, _: Sequence[Any]) -> None:
    element.tag = _of_kin(chance.choice(_NAMES), element)


def _add(chance: Random, element: Any, _: Sequence[Any]) -> None:
    name = _of_kin(chance.choice(_NAMES), element)
    new = etree.SubElement(element, name) if chance.random() < 0.4 else None
    if new is None:
        new = element.makeelement(name, nsmap=_DECLARED if chance.random() < 0.5 else None)
        element.addnext(new)
    new.text = chance.choice(_TEXTS)


def _describe(chance: Random, element: Any, _: Sequence[Any]) -> None:
    element.set(_full(chance.choice(_ATTRIBUTES)), chance.choice(_VALUES))


def _write(chance: Random, element: Any, _: Sequence[Any]) -> None:
    if chance.random() < 0.8:
        element.text = chance.choice(_TEXTS)
    else:
        element.tail = chance.choice(_TEXTS)


def _drop(_: Random, element: Any, __: Sequence[Any]) -> None:
    element.getparent().remove(element)


def _copy(chance: Random, element: Any, elements: Sequence[Any]) -> None:
    place = chance.choice(elements)
    if element not in set(place.iterancestors()) | {place}:
        place.append(element) if chance.random() < 0.4 else place.addnext(element)


_CHANGES = (_rename, _add, _add, _describe, _describe, _write, _drop, _copy)
