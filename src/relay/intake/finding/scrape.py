"""A page without a feed, read as one by CSS selectors. Nothing found is an error, never an empty feed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import cast

from lxml import etree, html
from lxml.cssselect import CSSSelector

from relay.core.document import ParsedEntry, ParsedFeed, Picture
from relay.core.source import Selectors
from relay.intake import dates, websub
from relay.intake.finding.tree import base_of, text_of, tree_of
from relay.intake.reading import fields

MOST_ENTRIES = 200
"""Of one page."""
MOST_ELEMENTS = 50_000
"""Of one page: a selector may look at each of them, and at all that come before it."""
MOST_CANDIDATES = 20
"""Elements of one entry that may be its title, or its date."""
DEEPEST = 3
"""Elements that are entries around another one; a list may be called as what it lists."""
_UNSEEN = ("script", "style", "template", "noscript")
_DATE_WORDS = ("datetime", "content", "title")
_SOURCES = ("data-src", "data-lazy-src", "data-original", "src")
"""Where a picture waits until it is scrolled to, before where its placeholder is."""

Select = Callable[[html.HtmlElement], list[html.HtmlElement]]
"""The elements in another that a selector is about, in the order of the page."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """The selectors of one source, compiled."""

    title: Select
    link: Select
    date: Select
    summary: Select
    image: Select


def scrape(body: bytes, url: str, content_type: str | None, selectors: Selectors) -> ParsedFeed:
    """The page at ``url`` as a feed, its entries in the page's order, each address once.

    ``selectors`` are valid ones: the configuration has made sure of that.
    """
    tree = tree_of(text_of(body, content_type))
    if tree is None:
        return ParsedFeed(error="This page is empty.")
    if sum(1 for _ in islice(tree.iter(), MOST_ELEMENTS + 1)) > MOST_ELEMENTS:
        return ParsedFeed(error="This page has too many elements to be read as a feed.")
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    elements = _outermost(compiled(selectors.entry)(tree))
    if not elements:
        return ParsedFeed(
            error=f"Nothing on this page is “{selectors.entry}” (select.entry): it may have been rebuilt."
        )
    entries = _each_once(read(elements, selectors, base_of(tree, url)))
    if not entries:
        return ParsedFeed(error=f"Nothing that is “{selectors.entry}” (select.entry) has a title and a link.")
    title, language = fields.line(tree.findtext(".//title")), fields.language(tree.get("lang"))
    hubs, topic = websub.in_page(tree, base_of(tree, url))
    return ParsedFeed("html", title=title, url=url, self_url=topic, hubs=hubs, language=language, entries=entries)


def read(elements: list[html.HtmlElement], selectors: Selectors, base: str) -> Iterator[ParsedEntry]:
    """An entry of every element that has a title and a link; addresses are relative to ``base``."""
    every = (selectors.title, selectors.link, selectors.date, selectors.summary, selectors.image)
    reader = _Reader(*map(_few, every))
    for element in elements:
        links = reader.link(element)
        url = next((found for link in links if (found := fields.address(base, link.get("href")))), None)
        title = _text(reader.title(element)) or _text(links)
        if title and url:
            yield ParsedEntry(
                id=url,
                url=url,
                title=title,
                summary=_text(reader.summary(element)),
                published=_date(reader.date(element)),
                picture=_picture(reader.image(element), base),
            )


def compiled(selector: str) -> Select:
    """What finds the elements of a valid selector."""
    return cast("Select", CSSSelector(selector, translator="html"))


def _few(selector: str) -> Select:
    find = compiled(selector)
    return lambda element: find(element)[:MOST_CANDIDATES]


def _outermost(elements: list[html.HtmlElement]) -> list[html.HtmlElement]:
    """The first ``MOST_ENTRIES`` that are not too deep in others: what is in those is looked through once for each."""
    inside = set(elements)
    near = (one for one in elements if sum(around in inside for around in one.iterancestors()) <= DEEPEST)
    return list(islice(near, MOST_ENTRIES))


def _each_once(entries: Iterator[ParsedEntry]) -> tuple[ParsedEntry, ...]:
    first: dict[str | None, ParsedEntry] = {}
    for entry in entries:
        first.setdefault(entry.id, entry)
    return tuple(first.values())


def _text(elements: list[html.HtmlElement]) -> str | None:
    """The words of the first element that has any."""
    return next((text for element in elements if (text := words_of(element))), None)


def words_of(element: html.HtmlElement) -> str | None:
    """The words in an element, on one line."""
    if not any(map(str.strip, element.itertext())):
        return None
    return fields.line(etree.tostring(element, encoding="unicode", method="html", with_tail=False), is_html=True)


def _date(elements: list[html.HtmlElement]) -> datetime | None:
    """What an attribute for machines says, or else the words."""
    for element in elements:
        written = (*(element.get(name) for name in _DATE_WORDS), words_of(element))
        if moment := next((found for text in written if (found := dates.parse(text))), None):
            return moment
    return None


def _picture(elements: list[html.HtmlElement], base: str) -> Picture | None:
    for element in elements:
        written = (*(element.get(name) for name in _SOURCES), (element.get("srcset") or "").strip().split(" ")[0])
        if url := next((found for text in written if (found := fields.address(base, text))), None):
            return Picture(url, fields.line(element.get("alt")) or "")
    return None
