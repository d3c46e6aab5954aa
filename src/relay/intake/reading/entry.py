"""One entry as feedparser found it → an entry as read: every field of its kind, or absent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from relay.core.document import Enclosure, ParsedEntry, Person
from relay.intake import dates
from relay.intake.reading import fields
from relay.intake.reading.mending import CAPTION, HEADING
from relay.intake.reading.pictures import picture

Found = Mapping[str, Any]

_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an entry takes from its feed: where it is, its language, its authors, and words for its pictures."""

    url: str
    language: str | None
    authors: tuple[Person, ...]
    media: Mapping[str, str]


def entry(found: Found, around: Surroundings) -> ParsedEntry:
    """The entry; without an id of its own it is called by its address, without authors it has the feed's."""
    content, base = _content(found, around.url)
    url = fields.address(around.url, found.get("link")) or _permalink(found, around.url)
    enclosures = _enclosures(found, around.url)
    return ParsedEntry(
        id=fields.line(found.get("id")) or fields.line(found.get("dc_identifier")) or url,
        url=url,
        title=_title(found),
        summary=_summary(found),
        content_html=content,
        published=_date(found, "published", "created", "updated"),
        updated=_date(found, "updated"),
        language=_language(found) or around.language,
        authors=people(found, around.url) or people(found.get("source") or {}, around.url) or around.authors,
        categories=_categories(found),
        enclosures=enclosures,
        picture=picture(found, enclosures, content or "", base, around.media),
    )


def people(found: Found, base: str) -> tuple[Person, ...]:
    """The authors of an entry or of a feed; one who is known by an address only is called by it."""
    named = [person for person in found.get("authors") or () if person] or [found.get("author_detail") or {}]
    people = []
    for person in named:
        email = fields.line(person.get("email"))
        url = fields.address(base, person.get("href"))
        name = (fields.line(person.get("name"), is_html=True) or "").removesuffix("(mailto:").rstrip() or email or url
        if name:
            people.append(Person(name, email, url))
    return tuple(dict.fromkeys(people))


def _title(found: Found) -> str | None:
    kind = (found.get("title_detail") or {}).get("type")
    return fields.line(found.get("title"), is_html=kind in _HTML) or fields.line(found.get(HEADING), is_html=True)


def _summary(found: Found) -> str | None:
    """The entry's own summary: feedparser also calls the content so where there is none."""
    detail = found.get("summary_detail") or {}
    text = found.get("summary") if detail else found.get(CAPTION)
    return fields.prose(text, is_html=_is_html(detail, text))


def _content(found: Found, url: str) -> tuple[str | None, str]:
    """The content, or else a summary that is HTML, as safe HTML; and the address that its pictures are relative to."""
    parts = [part for part in found.get("content") or () if fields.clean(part.get("value")).strip()]
    part = next((part for part in parts if _is_html(part, part["value"])), parts[0] if parts else None)
    if part is None:
        detail = found.get("summary_detail") or {}
        part = detail if fields.looks_like_html(detail.get("value")) else {}
    base = fields.address(url, part.get("base")) or url
    text = part.get("value")
    return fields.markup(text if _is_html(part, text) else fields.paragraphs(text), base), base


def _is_html(detail: Found, text: object) -> bool:
    return fields.looks_like_html(text) if detail.get("type") not in _HTML else bool(text)


def _permalink(found: Found, base: str) -> str | None:
    """The guid of an item that has no link, where it is an address (RSS 2.0, ``isPermaLink``)."""
    own = fields.clean(found.get("id")).strip()
    return fields.address(base, own) if own.startswith(("http://", "https://")) else None


def _date(found: Found, *names: str) -> datetime | None:
    return next((moment for name in names if (moment := dates.parse(found.get(name)))), None)


def _language(found: Found) -> str | None:
    details = (*(found.get("content") or ()), found.get("summary_detail") or {}, found.get("title_detail") or {})
    return next((tag for detail in details if (tag := fields.language(detail.get("language")))), None)


def _categories(found: Found) -> tuple[str, ...]:
    tags = (tag.get("term") or tag.get("label") for tag in found.get("tags") or ())
    return tuple(dict.fromkeys(name for tag in tags if (name := fields.line(tag, is_html=True))))


def _enclosures(found: Found, base: str) -> tuple[Enclosure, ...]:
    links = (link for link in found.get("links") or () if link.get("rel") == "enclosure")
    return tuple(
        Enclosure(url, fields.line(link.get("type")), fields.number(link.get("length")))
        for link in links
        if (url := fields.address(base, link.get("href")))
    )
