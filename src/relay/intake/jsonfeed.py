"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) → a document as read."""

import json
from collections.abc import Mapping
from typing import Any

from relay.core.document import Enclosure, ParsedEntry, ParsedFeed, Person, Picture
from relay.core.html import first_picture
from relay.intake import dates
from relay.intake.reading import fields
from relay.intake.reading.mending import MOST_ENTRIES

Object = Mapping[str, Any]


def read(text: str, url: str) -> ParsedFeed:
    """What ``text`` says, its addresses relative to ``url``. Whatever is not of its type is as good as absent."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ParsedFeed(error="This looks like JSON, but is not well-formed.")
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return ParsedFeed(error="This is JSON, but not a JSON Feed: it has no items.")
    language = fields.language(found.get("language"))
    authors = _authors(found, url)
    version = fields.clean(found.get("version")).rpartition("/version/")[2]
    return ParsedFeed(
        format="json1" if version == "1" else "json11",
        id=fields.line(found.get("feed_url")),
        title=fields.line(found.get("title")),
        url=fields.address(url, found.get("home_page_url")),
        self_url=fields.address(url, found.get("feed_url")),
        hubs=tuple(hub for one in _objects(found, "hubs") if (hub := fields.address(url, one.get("url")))),
        language=language,
        entries=tuple(_entry(item, url, language, authors) for item in _objects(found, "items")[:MOST_ENTRIES]),
    )


def _entry(item: Object, base: str, language: str | None, authors: tuple[Person, ...]) -> ParsedEntry:
    url = fields.address(base, item.get("url")) or fields.address(base, item.get("external_url"))
    written = item.get("content_html") or fields.paragraphs(item.get("content_text"))
    content = fields.markup(written, url or base)
    return ParsedEntry(
        id=_id(item.get("id")) or url,
        url=url,
        title=fields.line(item.get("title")),
        summary=fields.prose(item.get("summary"), is_html=False),
        content_html=content,
        published=dates.parse(item.get("date_published")),
        updated=dates.parse(item.get("date_modified")),
        language=fields.language(item.get("language")) or language,
        authors=_authors(item, base) or authors,
        categories=tuple(dict.fromkeys(tag for one in _list(item, "tags") if (tag := fields.line(one)))),
        enclosures=_attachments(item, base),
        picture=_picture(item, base) or first_picture(content or "", url or base),
    )


def _id(written: object) -> str | None:
    """The id; numbers are met although the standard wants text, and are read as such ("coerced")."""
    return str(written) if isinstance(written, int) and not isinstance(written, bool) else fields.line(written)


def _authors(found: Object, base: str) -> tuple[Person, ...]:
    """Version 1.1's ``authors``, or version 1's ``author``."""
    people = _objects(found, "authors") or [one for one in [found.get("author")] if isinstance(one, dict)]
    named = ((fields.line(one.get("name")), fields.address(base, one.get("url"))) for one in people)
    return tuple(Person(name or url or "", None, url) for name, url in named if name or url)


def _attachments(item: Object, base: str) -> tuple[Enclosure, ...]:
    return tuple(
        Enclosure(url, fields.line(one.get("mime_type")), fields.number(one.get("size_in_bytes")))
        for one in _objects(item, "attachments")
        if (url := fields.address(base, one.get("url")))
    )


def _picture(item: Object, base: str) -> Picture | None:
    url = fields.address(base, item.get("image")) or fields.address(base, item.get("banner_image"))
    return Picture(url) if url else None


def _list(found: Object, name: str) -> list[Any]:
    value = found.get(name)
    return value if isinstance(value, list) else []


def _objects(found: Object, name: str) -> list[Object]:
    return [one for one in _list(found, name) if isinstance(one, dict)]
