"""What relay reads, in the shape that the corpora of feeds are judged in (``runners/run_neutral.py``)."""

import time
from typing import Any

from relay.core.document import ParsedEntry, ParsedFeed, Person
from relay.intake.parse import parse

LONGEST = 2.0
"""Seconds of the processor that a document may cost."""


def neutral(data: bytes, url: str | None = None, content_type: str | None = None) -> dict[str, Any]:
    """The document as the runner wants it; an exception where there is nothing to read, or reading took too long."""
    started = time.process_time()
    feed = parse(data, url or "", content_type)
    if (seconds := time.process_time() - started) > LONGEST:
        raise TimeoutError(f"{seconds:.1f} s")
    if feed.error:
        raise ValueError(feed.error)
    return {"feed": _feed(feed), "items": [_item(entry) for entry in feed.entries]}


def _feed(feed: ParsedFeed) -> dict[str, Any]:
    return {
        "title": feed.title,
        "link": feed.url,
        "feed_url": feed.self_url,
        "description": feed.description,
        "language": feed.language,
        "id": feed.id,
        "updated": _moment(feed.updated),
        "copyright": feed.rights,
        "generator": feed.generator,
        "image": feed.picture.url if feed.picture else None,
        "icon": feed.icon,
        "authors": _people(feed.authors),
        "categories": list(feed.categories),
    }


def _item(entry: ParsedEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "link": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content": entry.content_html,
        "published": _moment(entry.published),
        "updated": _moment(entry.updated),
        "authors": _people(entry.authors),
        "categories": list(entry.categories),
        "comments": entry.comments,
        "image": entry.picture.url if entry.picture else None,
        "enclosures": [
            {"url": one.url, "type": one.type, "length": None if one.length is None else str(one.length)}
            for one in entry.enclosures
        ],
        "source": {"title": entry.provenance.title, "url": entry.provenance.url} if entry.provenance else None,
    }


def _people(people: tuple[Person, ...]) -> list[dict[str, str | None]]:
    return [{"name": one.name, "email": one.email} for one in people]


def _moment(moment: Any) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0") if moment else None
