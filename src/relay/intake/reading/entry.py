"""One entry as feedparser found it → an entry as read: every field of its kind, or absent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from relay.core.document import Enclosure, ParsedEntry, Person, Provenance
from relay.intake import dates
from relay.intake.reading import fields
from relay.intake.reading.people import people
from relay.intake.reading.pictures import MediaTexts, pictures
from relay.intake.reading.steering import CAPTION, HEADING, OF_ATOM

Found = Mapping[str, Any]

_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an entry takes from its feed: where it is, its language, its authors, and words for its pictures."""

    url: str
    language: str | None
    authors: tuple[Person, ...]
    media: MediaTexts


def entry(found: Found, around: Surroundings) -> ParsedEntry:
    """The entry; without an id of its own it is called by its address, without authors it has the feed's."""
    content, base = _content(found, around.url)
    url = _address(found, around.url)
    enclosures = _enclosures(found, around.url)
    picture, candidates = pictures(found, enclosures, content or "", base, around.media)
    return ParsedEntry(
        id=fields.line(found.get("id")) or fields.line(found.get("dc_identifier")) or url,
        url=url,
        title=_title(found),
        summary=text(found, "summary") if found.get("summary_detail") else text(found, CAPTION),
        content_html=content,
        published=_date(found, "published", "created", "updated"),
        updated=_date(found, "updated"),
        language=_language(found) or around.language,
        authors=people(found, around.url) or people(found.get("source") or {}, around.url) or around.authors,
        categories=categories(found),
        enclosures=enclosures,
        picture=picture,
        pictures=candidates,
        comments=_comments(found, around.url),
        provenance=_provenance(found.get("source") or {}, around.url),
        rights=text(found, "rights"),
    )


def _title(found: Found) -> str | None:
    kind = (found.get("title_detail") or {}).get("type")
    return fields.line(found.get("title"), is_html=kind in _HTML) or fields.line(found.get(HEADING), is_html=True)


def text(found: Found, name: str) -> str | None:
    """A field of several lines; of the summary only what is the entry's own: feedparser also calls the content so."""
    return fields.prose(found.get(name), is_html=_is_html(found.get(f"{name}_detail") or {}, found.get(name)))


def _content(found: Found, url: str) -> tuple[str | None, str]:
    """The content, or else a summary that is HTML, as safe HTML; and the address that its pictures are relative to."""
    parts = [part for part in found.get("content") or () if not fields.is_blank(part.get("value"))]
    part = next((part for part in parts if _is_html(part, part["value"])), parts[0] if parts else None)
    if part is None:
        detail = found.get("summary_detail") or {}
        part = detail if fields.looks_like_html(detail.get("value")) else {}
    base = fields.address(url, part.get("base")) or url
    text = part.get("value")
    return fields.markup(text if _is_html(part, text) else fields.paragraphs(text), base), base


def _is_html(detail: Found, text: object) -> bool:
    return fields.looks_like_html(text) if detail.get("type") not in _HTML else bool(text)


def _address(found: Found, base: str) -> str | None:
    """The page of the entry itself: what a service that counts clicks puts in its place is an ``origLink``.

    The guid serves an item that has no link, where it is an address (RSS 2.0, ``isPermaLink``).
    """
    guid = fields.clean(found.get("id")).strip()
    permalink = guid if guid.startswith(("http://", "https://")) else None
    written = (found.get("feedburner_origlink"), own_link(found), permalink)
    return next((url for one in written if (url := fields.address(base, one))), None)


def own_link(found: Found) -> Any:
    """The link of an item or a channel: RSS's own before Atom's, which feedparser does not tell apart."""
    pages = [link for link in found.get("links") or () if link.get("rel") == "alternate" and link.get("href")]
    plain = [link["href"] for link in pages if OF_ATOM not in link]
    return plain[-1] if plain and len(plain) < len(pages) else found.get("link")


def _comments(found: Found, base: str) -> str | None:
    pages = (link for link in found.get("links") or () if link.get("rel") == "replies" and link.get("type") in _HTML)
    written = (found.get("comments"), *(link.get("href") for link in pages))
    return next((url for one in written if (url := fields.address(base, one))), None)


def _provenance(source: Found, base: str) -> Provenance | None:
    """The feed that an entry came from: Atom names it by its link ``self``, RSS by ``url``."""
    itself = next((link.get("href") for link in source.get("links") or () if link.get("rel") == "self"), None)
    written = (source.get("href"), itself, source.get("link"))
    url = next((url for one in written if (url := fields.address(base, one))), None)
    title = fields.line(source.get("title"), is_html=True)
    return Provenance(title, url) if title or url else None


def _date(found: Found, *names: str) -> datetime | None:
    return next((moment for name in names if (moment := dates.parse(fields.clean(found.get(name))))), None)


def _language(found: Found) -> str | None:
    details = (*(found.get("content") or ()), found.get("summary_detail") or {}, found.get("title_detail") or {})
    return next((tag for detail in details if (tag := fields.language(detail.get("language")))), None)


def categories(found: Found) -> tuple[str, ...]:
    """The names of the categories, once each; a label, where there is one, is but another name for it."""
    tags = (tag.get("term") or tag.get("label") for tag in found.get("tags") or ())
    return tuple(dict.fromkeys(name for tag in tags if (name := fields.line(tag, is_html=True))))


def _enclosures(found: Found, base: str) -> tuple[Enclosure, ...]:
    links = (link for link in found.get("links") or () if link.get("rel") == "enclosure")
    return tuple(
        Enclosure(url, fields.line(link.get("type")), fields.number(link.get("length")))
        for link in links
        if (url := fields.address(base, link.get("href")))
    )
