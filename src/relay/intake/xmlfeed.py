"""RSS and Atom of every version → a document as read. feedparser reads; what it returns is believed in nothing."""

import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import feedparser

from relay.core.document import ParsedFeed
from relay.intake import dates
from relay.intake.reading import fields
from relay.intake.reading.entry import Surroundings, entry, people
from relay.intake.reading.mending import MOST_ENTRIES, mend
from relay.intake.reading.pictures import texts_of_media
from relay.intake.reading.traps import attack, swelling

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}

_REFUSED = "This document is no feed to read: {}."


def read(text: str, url: str) -> ParsedFeed:
    """What ``text`` says, its addresses relative to ``url``; whatever had to be repaired is named."""
    if trap := swelling(text):
        return ParsedFeed(error=_REFUSED.format(trap))
    mended = mend(text)
    if trap := attack(mended.xml):
        return ParsedFeed(error=_REFUSED.format(trap))
    found = _parsed(mended.xml, url)
    if not found["version"] and not found["entries"]:
        return ParsedFeed(error=_no_feed(mended.xml))
    if found["bozo"] and _is_cut_short(mended.xml):
        return ParsedFeed(error="This document is cut short: its last tag is missing.")
    notes = (*mended.notes, *(("ill-formed XML",) if found["bozo"] else ()))
    return _feed(found, mended.xml, url, notes)


def _parsed(xml: str, url: str) -> Mapping[str, Any]:
    """Without feedparser's own sanitising and resolving: they are slow, and let through what they should not."""
    parsed: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(xml.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return parsed


def _feed(found: Mapping[str, Any], xml: str, url: str, notes: tuple[str, ...]) -> ParsedFeed:
    head = dict(found["feed"])
    language = fields.language(head.get("language"))
    itself = next(iter(_links(head, "self", url)), None)
    site = fields.address(url or itself or "", head.get("link"))
    base = url or itself or site or ""
    around = Surroundings(base, language, people(head, base), texts_of_media(xml))
    return ParsedFeed(
        format=found["version"] or "rss",
        id=fields.clean(head.get("id")).strip() or None,
        title=fields.line(head.get("title"), is_html=True),
        url=site,
        self_url=itself,
        hubs=_links(head, "hub", base),
        language=language,
        updated=dates.parse(head.get("updated")) or dates.parse(head.get("published")),
        ttl=_ttl(head),
        entries=tuple(entry(dict(one), around) for one in found["entries"][:MOST_ENTRIES]),
        repaired=notes,
    )


def _links(head: Mapping[str, Any], rel: str, base: str) -> tuple[str, ...]:
    links = (link.get("href") for link in head.get("links", ()) if link.get("rel") == rel)
    return tuple(found for link in links if (found := fields.address(base, link)))


def _ttl(head: Mapping[str, Any]) -> timedelta | None:
    """The longest of what RSS's ``ttl`` (minutes) and the syndication module (period, times in it) ask for."""
    minutes = min(fields.number(head.get("ttl")) or 0, 60 * 24 * 366)
    period = _PERIODS.get(fields.clean(head.get("sy_updateperiod")).strip().lower(), timedelta(0))
    times = fields.number(head.get("sy_updatefrequency")) or 1
    return max(timedelta(minutes=minutes), period / times) or None


def _is_cut_short(xml: str) -> bool:
    return not any(end in xml[-2000:].lower() for end in ("</rss", "</feed", ":rdf>", "</rdf>", ":feed>", "</channel>"))


def _no_feed(xml: str) -> str:
    start = xml[:3000].lower()
    if "<html" in start or "<body" in start or "<head" in start:
        return "This is a web page, not a feed."
    return "This is not a feed that relay can read."
