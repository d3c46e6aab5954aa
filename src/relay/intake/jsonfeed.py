"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) → a document as read."""

import json
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import isfinite
from typing import Any

from relay.core.document import Enclosure, ParsedEntry, ParsedFeed, Person, Picture
from relay.core.markup.html import first_picture
from relay.core.markup.pictures import pictures_in
from relay.intake import dates
from relay.intake.reading import fields
from relay.intake.reading.amounts import MOST
from relay.intake.reading.sound import MOST_ENTRIES

MOST_PARTS = 100
"""Authors, tags or attachments of one entry."""

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
        previous=fields.address(url, found.get("next_url")),
        description=fields.prose(found.get("description"), is_html=False),
        authors=authors,
        picture=_picture(found, url, "icon", "favicon"),
        icon=fields.address(url, found.get("favicon")),
        entries=tuple(_entry(item, url, language, authors) for item in _first(found["items"])),
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
        picture=_picture(item, base, "image", "banner_image") or first_picture(content or "", url or base),
        pictures=_pictures(item, base, pictures_in(content or "", url or base)),
    )


def _id(written: object) -> str | None:
    """The id; numbers are met although the standard wants text, and are read as such ("coerced")."""
    is_number = isinstance(written, int | float) and not isinstance(written, bool)
    return str(written) if is_number else fields.line(written)


def _authors(found: Object, base: str) -> tuple[Person, ...]:
    """Version 1.1's ``authors``, or version 1's ``author``; a single one stands where there should be a list."""
    single = [one for one in (found.get("authors"), found.get("author")) if isinstance(one, dict)]
    people = (_person(one, base) for one in _objects(found, "authors") or single)
    return tuple(person for person in people if person)


def _person(one: Object, base: str) -> Person | None:
    name, url = fields.line(one.get("name")), fields.address(base, one.get("url"))
    written = fields.clean(one.get("url")).strip()
    email = fields.line(written.removeprefix("mailto:")) if written.startswith("mailto:") else None
    called = name or email or url
    return Person(called, email, url) if called else None


def _attachments(item: Object, base: str) -> tuple[Enclosure, ...]:
    return tuple(
        Enclosure(url, fields.line(one.get("mime_type")), _size(one.get("size_in_bytes")))
        for one in _objects(item, "attachments")
        if (url := fields.address(base, one.get("url")))
    )


def _size(written: object) -> int | None:
    return fields.number(int(written) if isinstance(written, float) and isfinite(written) else written)


def _picture(found: Object, base: str, *names: str) -> Picture | None:
    return next((Picture(url) for name in names if (url := fields.address(base, found.get(name)))), None)


def _pictures(item: Object, base: str, shown: tuple[Picture, ...]) -> tuple[Picture, ...]:
    """Every candidate, the best named first: what is attached, the item's own images, those of its content."""
    files = (file for file in _attachments(item, base) if (file.type or "").startswith("image/"))
    attached = (Picture(file.url, "", file.type, file.length) for file in files)
    own = (Picture(url) for name in ("image", "banner_image") if (url := fields.address(base, item.get(name))))
    said = {picture.url: picture for picture in shown}
    return tuple({one.url: said.get(one.url, one) for one in (*attached, *own, *shown)}.values())


def _first(items: list[Any]) -> Sequence[Object]:
    """The first entries, as many as have no more HTML in them than a parser can do; one at least."""
    objects: Sequence[Object] = [item for item in items if isinstance(item, dict)][:MOST_ENTRIES]
    tags = accumulate(str(item.get("content_html")).count("<") for item in objects)
    return objects[: max(1, sum(total <= MOST for total in tags))]


def _list(found: Object, name: str) -> list[Any]:
    value = found.get(name)
    return value[:MOST_PARTS] if isinstance(value, list) else []


def _objects(found: Object, name: str) -> list[Object]:
    return [one for one in _list(found, name) if isinstance(one, dict)]
