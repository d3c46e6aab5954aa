"""OPML subscription lists (http://opml.org/spec2.opml), of any quality."""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from relay.intake.reading import fields
from relay.intake.reading.decoding import decode
from relay.intake.reading.traps import attack

DEEPEST = 50
"""Outlines within one another that are looked into."""
_BARE = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_OF_HTML = r"(?:href|target|rel|src|class|id|style|alt|width|height|data-[\w-]+)\b"
_VALUE = re.compile(r"\s[\w:.-]{1,40}\s*=\s*\"")
_VALUE_END = re.compile(
    rf"\"(?=\s+(?!{_OF_HTML})[\w:.-]{{1,40}}\s*=|\s*\?>|\s*/?>\s*(?:</?(?:outline|head|body|opml)\b|<!--|$))",
    re.IGNORECASE,
)
"""A value in a list that was put together as text ends before another attribute or another outline, not sooner."""
LONGEST_VALUE = 5_000


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed on a list: its address as it is written there, its title and site, and the outlines it stands in."""

    url: str
    title: str | None = None
    site: str | None = None
    category: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlines:
    """A list as read. ``error`` is set where it could not be; one without a feed is no error, but is empty."""

    title: str | None = None
    subscriptions: tuple[Subscription, ...] = ()
    error: str | None = None


def read(body: bytes) -> Outlines:
    """The feeds on the list, in its order, each address once. What is ill-formed is read as far as it goes."""
    text = decode(body, None).text
    if trap := attack(text) or _declares_entities(text):
        return Outlines(error=f"This list is not read: {trap}.")
    root = _root(text)
    if root is None or not any(element.tag.lower() == "outline" for element in _elements(root)):
        return Outlines(error="This is not an OPML list: it has no outline.")
    title = next((element.text for element in _elements(root) if element.tag.lower() == "title"), None)
    first: dict[str, Subscription] = {}
    for subscription in _subscriptions(root, ()):
        first.setdefault(subscription.url, subscription)
    return Outlines(fields.line(title), tuple(first.values()))


def _declares_entities(text: str) -> str | None:
    """Entities of its own: no list needs them, and they may unfold without end."""
    return "it declares entities" if "<!ENTITY" in text else None


def _root(text: str) -> etree._Element | None:
    """As it is, or else mended and as far as it goes. It is text by now, whatever encoding it declares."""
    plain = text.strip()
    found = _tree(plain, recover=False)
    return found if found is not None else _tree(_mended(plain), recover=True)


def _tree(text: str, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(recover=recover, resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _mended(text: str) -> str:
    """Addresses keep the ampersand of their query, titles their quotation marks, descriptions their tags."""
    plain = _BARE.sub("&amp;", text)
    ends = [match.start() for match in _VALUE_END.finditer(plain)]
    parts: list[str] = []
    done = 0
    for value in _VALUE.finditer(plain):
        end = _next(ends, value.end())
        if value.start() >= done and end - value.end() <= LONGEST_VALUE:
            parts += [plain[done : value.end()], _escaped(plain[value.end() : end])]
            done = end
    return "".join([*parts, plain[done:]])


def _next(ends: list[int], since: int) -> int:
    """The first of the places from ``since`` on, or one that is further than any."""
    place = bisect_left(ends, since)
    return ends[place] if place < len(ends) else sys.maxsize


def _escaped(value: str) -> str:
    return value.replace('"', "&quot;").replace("<", "&lt;")


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter(etree.Element)


def _subscriptions(element: etree._Element, category: tuple[str, ...]) -> Iterator[Subscription]:
    """An outline with an address is a feed, whatever its type says; one without is the name of those in it."""
    for child in element.iterchildren(etree.Element):
        about = {name.lower(): value for name, value in child.attrib.items()}
        name = fields.line(about.get("title") or about.get("text"))
        if url := fields.one_line(str(about.get("xmlurl") or "")):
            yield Subscription(url, name, fields.address("", about.get("htmlurl")), category)
        elif len(category) < DEEPEST:
            yield from _subscriptions(child, (*category, name) if name else category)
