"""What relay reads, in feedparser's shape, so that feedparser's own expectations can be held against it.

relay keeps titles, summaries and the like as plain text, contents as safe HTML: a text is what is expected when it shows
the same words, and HTML when what relay's sanitiser leaves of the expected is what it left of the document's.
"""

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self
from urllib.parse import urljoin

from relay.core.document import ParsedEntry, ParsedFeed, Person
from relay.core.markup.html import sanitise
from relay.intake.parse import parse

_TAG = re.compile(r"<!--.*?-->|<[a-zA-Z/!?][^>]*>", re.DOTALL)


class Shape(dict[str, Any]):
    """A mapping whose keys are attributes too; what relay has no value for is not in it."""

    def __init__(self, **values: Any) -> None:
        super().__init__({name: value for name, value in values.items() if value not in (None, ())})

    def __missing__(self, name: str) -> Any:
        return self[{"url": "href", "guid": "id"}[name]]

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error


class Words(str):
    """Plain text, or HTML that shows it."""

    __slots__ = ("markup",)
    __hash__ = str.__hash__
    markup: str

    def __new__(cls, text: str, markup: str = "") -> Self:
        words = super().__new__(cls, text)
        words.markup = markup
        return words

    def __eq__(self, expected: object) -> bool:
        if not isinstance(expected, str):
            return False
        return (
            sanitise(expected, "") == self.markup
            if _TAG.search(expected) and self.markup
            else shown(expected) == shown(self)
        )


def shown(text: str) -> str:
    """What a reader sees of a text, white space apart."""
    for _ in range(2):
        text = html.unescape(_TAG.sub(" ", text))
    return re.sub(r"[\s\xa0]+", "", _TAG.sub(" ", text))


def raw(data: bytes, headers: Mapping[str, str] | None = None, url: str = "") -> Shape:
    """The document, which came from ``url`` with ``headers``, as feedparser would give it."""
    given = headers or {}
    base = urljoin(url, given.get("content-location", ""))
    feed = parse(data, base, given.get("content-type"))
    return Shape(
        bozo=bool(feed.error or feed.repaired),
        version=feed.format,
        feed=_feed(feed),
        entries=[_entry(entry) for entry in feed.entries],
    )


def _feed(feed: ParsedFeed) -> Shape:
    return Shape(
        **_texts(("title",), feed.title, feed.language),
        **_texts(("subtitle", "tagline", "description"), feed.description, feed.language),
        **_texts(("rights", "copyright"), feed.rights, feed.language),
        **_dates(("updated", "modified", "published", "date"), feed.updated),
        **_authors(feed.authors),
        **_tags(feed.categories),
        id=feed.id,
        link=feed.url,
        links=[Shape(rel="alternate", href=feed.url)] if feed.url else None,
        language=feed.language,
        generator=feed.generator,
        icon=feed.icon,
        logo=feed.picture.url if feed.picture else None,
        image=Shape(href=feed.picture.url, title=feed.picture.alt) if feed.picture else None,
    )


def _entry(entry: ParsedEntry) -> Shape:
    markup = entry.content_html or ""
    summary = Words(entry.summary or markup, markup)
    content = Words(markup, markup)
    enclosures = [Shape(href=one.url, type=one.type, length=_text(one.length)) for one in entry.enclosures]
    links = [Shape(**one, rel="enclosure") for one in enclosures]
    source = entry.provenance
    return Shape(
        **_texts(("title",), entry.title, entry.language),
        **dict.fromkeys(("summary", "description"), summary),
        **dict.fromkeys(("summary_detail", "description_detail"), Shape(value=summary, language=entry.language)),
        **_texts(("rights", "copyright"), entry.rights, entry.language),
        **_dates(("updated", "modified"), entry.updated),
        **_dates(("published", "issued", "created", "date"), entry.published),
        **_authors(entry.authors),
        **_tags(entry.categories),
        content=[Shape(value=content, language=entry.language)],
        id=entry.id,
        link=entry.url,
        links=[*(Shape(rel="alternate", href=url) for url in (entry.url,) if url), *links],
        enclosures=enclosures or None,
        comments=entry.comments,
        image=Shape(href=entry.picture.url) if entry.picture else None,
        source=Shape(**_texts(("title",), source.title), href=source.url, link=source.url) if source else None,
    )


def _texts(names: tuple[str, ...], text: str | None, language: str | None = None) -> dict[str, Any]:
    """A text under all its names, and again as ``…_detail``."""
    words = Words(text or "")
    return dict.fromkeys(names, words) | {f"{one}_detail": Shape(value=words, language=language) for one in names}


def _dates(names: tuple[str, ...], moment: datetime | None) -> dict[str, Any]:
    return {f"{name}_parsed": tuple(moment.utctimetuple()) for name in names} if moment else {}


def _authors(people: tuple[Person, ...]) -> dict[str, Any]:
    """The people, and feedparser's older ways of naming the last of them."""
    if not people:
        return {}
    details = [_person(person) for person in people]
    name, email = people[-1].name, people[-1].email
    return {
        "authors": details,
        "author_detail": details[-1],
        "author": f"{name} ({email})" if email and name != email else name,
    }


def _person(person: Person) -> Shape:
    name = person.name if person.name not in {person.email, person.url} else None
    return Shape(name=name, email=person.email, href=person.url)


def _tags(names: tuple[str, ...]) -> dict[str, Any]:
    if not names:
        return {}
    return {"tags": [Shape(term=name) for name in names], "category": names[0]}


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
