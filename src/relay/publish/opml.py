"""OPML 2.0 subscription lists (http://opml.org/spec2.opml): the blog's own feeds, and the sources it reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relay.publish.cleaning import printable
from relay.publish.format import Document

if TYPE_CHECKING:
    from lxml.etree import _Element

FEEDS, SOURCES = "feeds.opml", "sources.opml"
MEDIA_TYPE = "text/x-opml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed on a list: its address, what it is called, its page, its language, and the outlines it stands in."""

    url: str
    title: str
    site: str | None = None
    language: str | None = None
    category: tuple[str, ...] = ()


def document(path: str, title: str, outlines: Iterable[Outline]) -> Document:
    """The list as a file."""
    return Document(path, MEDIA_TYPE, write(title, outlines))


def write(title: str, outlines: Iterable[Outline]) -> bytes:
    """The list, in the order of ``outlines``: it has no date, so nothing in it changes unless a feed does."""
    from lxml import etree  # noqa: PLC0415  # only who writes one needs it

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = printable(title)
    body = etree.SubElement(root, "body")
    groups: dict[tuple[str, ...], _Element] = {(): body}
    for outline in printable(tuple(outlines)):
        _add(_group(groups, outline.category), outline)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _group(groups: "dict[tuple[str, ...], _Element]", category: tuple[str, ...]) -> "_Element":
    """The outline of a category, which stands in that of the category above it."""
    if category not in groups:
        above = _group(groups, category[:-1])
        groups[category] = _outline(above, {"text": category[-1], "title": category[-1]})
    return groups[category]


def _add(group: "_Element", outline: Outline) -> None:
    name = outline.title or outline.url
    said = {"type": "rss", "text": name, "title": name, "xmlUrl": outline.url, "htmlUrl": outline.site}
    said["language"] = outline.language
    _outline(group, {key: value for key, value in said.items() if value})


def _outline(above: "_Element", said: dict[str, str]) -> "_Element":
    made = above.makeelement("outline", said)
    above.append(made)
    return made
