"""What a feed says of itself, as feedparser and the tree found it → a document as read, still without entries."""

from collections.abc import Mapping
from typing import Any

from relay.core.document import ParsedFeed, Picture
from relay.intake import dates
from relay.intake.reading import fields, rhythm
from relay.intake.reading import tree as trees
from relay.intake.reading.entry import categories, own_link, text
from relay.intake.reading.people import people

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HISTORY = "{http://purl.org/syndication/history/1.0}"

Found = Mapping[str, Any]


def head(found: Found, root: Any, url: str) -> ParsedFeed:
    """The feed as ``found`` in ``root``, which came from ``url``; every field of its kind, or absent."""
    itself = next(iter(_links(found, "self", url)), None)
    site = fields.address(url or itself or "", _rss_link(root)) or fields.address(url or itself or "", own_link(found))
    base = url or itself or site or ""
    return ParsedFeed(
        id=fields.clean(found.get("id")).strip() or None,
        title=fields.line(found.get("title"), is_html=True),
        url=site,
        self_url=itself,
        hubs=_links(found, "hub", base),
        language=_language(found, root),
        updated=dates.parse(found.get("updated")) or dates.parse(found.get("published")),
        ttl=rhythm.ttl(found),
        period=rhythm.period(found),
        skip_hours=rhythm.skip_hours(root),
        skip_days=rhythm.skip_days(root),
        is_complete=trees.head(root).find(f"{_HISTORY}complete") is not None,
        previous=next(iter((*_links(found, "prev-archive", base), *_links(found, "next", base))), None),
        description=text(found, "subtitle"),
        rights=text(found, "rights"),
        authors=people(found, base),
        categories=categories(found),
        picture=_picture(found, root, base),
        icon=fields.address(base, found.get("icon")),
        generator=fields.line(found.get("generator"), is_html=True),
    )


def _links(found: Found, rel: str, base: str) -> tuple[str, ...]:
    links = (link.get("href") for link in found.get("links", ()) if link.get("rel") == rel)
    return tuple(address for link in links if (address := fields.address(base, link)))


def _rss_link(root: Any) -> str | None:
    """The text of the channel's ``link``, which feedparser damages where the document is ill-formed."""
    links = [child.text for child in trees.head(root) if trees.name(child) == "link" and not child.get("href")]
    return next((text for text in reversed(links) if text and text.strip()), None)


def _language(found: Found, root: Any) -> str | None:
    """The language that is named, or ``xml:lang`` of what the feed says of itself, of the document, of the title."""
    title = found.get("title_detail") or {}
    written = (found.get("language"), trees.head(root).get(_XML_LANG), root.get(_XML_LANG), title.get("language"))
    return next((tag for one in written if (tag := fields.language(one))), None)


def _picture(found: Found, root: Any, base: str) -> Picture | None:
    """RSS's ``image``, which RSS 1.0 puts beside the channel; Atom's ``logo``."""
    image = found.get("image") or {}
    beside = next((child for child in root if trees.name(child) == "image"), ())
    written = (image.get("href"), *(child.text for child in beside if trees.name(child) == "url"), found.get("logo"))
    url = next((address for one in written if (address := fields.address(base, one))), None)
    return Picture(url, fields.line(image.get("title"), is_html=True) or "") if url else None
