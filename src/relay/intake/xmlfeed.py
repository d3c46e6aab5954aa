"""RSS and Atom of every version → a document as read: from its tree where relay is sure, else by feedparser.

What either finds is believed in nothing.
"""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from relay.core.document import ParsedFeed
from relay.intake.reading import events
from relay.intake.reading.direct import walk as direct
from relay.intake.reading.entry import Surroundings, entry
from relay.intake.reading.head import head
from relay.intake.reading.mending import mend, retouched
from relay.intake.reading.nesting import number_of_items
from relay.intake.reading.pictures import texts_of_media
from relay.intake.reading.sound import MOST_ENTRIES
from relay.intake.reading.traps import attack, swelling
from relay.intake.reading.tree import head as head_of
from relay.intake.reading.tree import name, recovered, tree, well_formed

_REFUSED = "This document is no feed to read: {}."


def read(text: str, url: str) -> ParsedFeed:
    """What ``text`` says, its addresses relative to ``url``; whatever had to be repaired is named."""
    if trap := swelling(text):
        return ParsedFeed(error=_REFUSED.format(trap))
    mended = retouched(text)
    root = well_formed(mended.xml) if mended else None
    if mended is None or root is None:
        mended = mend(text)
        if trap := attack(mended.xml, is_little=mended.is_little):
            return ParsedFeed(error=_REFUSED.format(trap))
        root = well_formed(mended.xml)
    directly = None if root is None else direct.found(root, mended.xml, url)
    found = directly or _found(mended.xml, url)
    if not found["version"] and not found["entries"] and not _is_empty_feed(found, mended.xml):
        return ParsedFeed(error=_no_feed(mended.xml))
    if found["bozo"] and _is_cut_short(mended.xml):
        return ParsedFeed(error="This document is cut short: its last tag is missing.")
    notes = (*mended.notes, *(("ill-formed XML",) if found["bozo"] else ()))
    feed = _feed(found, tree(mended.xml) if root is None else root, url, notes)
    return replace(feed, is_complete=feed.is_complete and mended.is_whole)


def _found(xml: str, url: str) -> Mapping[str, Any]:
    """What feedparser finds; what is ill-formed is put right for it where it misses much, as after a wrong end tag."""
    found = _parsed(xml, url)
    if not found["bozo"] or (found["feed"].get("title") and len(found["entries"]) >= number_of_items(xml)):
        return found
    again = _parsed(recovered(xml), url)
    return {**again, "bozo": True} if _size(again) > _size(found) else found


def _size(found: Mapping[str, Any]) -> tuple[int, int]:
    return len(found["entries"]), len(found["feed"])


def _parsed(xml: str, url: str) -> Mapping[str, Any]:
    """Without feedparser's own sanitising and resolving: they are slow, and let through what they should not."""
    import feedparser  # noqa: PLC0415  # most documents are read faster without it

    feedparser.api.PREFERRED_XML_PARSERS[:] = [events.__name__]  # the library's own way to say by which parser
    parsed: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(xml.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return parsed


def _feed(found: Mapping[str, Any], root: Any, url: str, notes: tuple[str, ...]) -> ParsedFeed:
    feed = head(dict(found["feed"]), root, url)
    around = Surroundings(url or feed.self_url or feed.url or "", feed.language, feed.authors, texts_of_media(root))
    return replace(
        feed,
        format=found["version"] or "rss",
        entries=tuple(entry(dict(one), around) for one in found["entries"][:MOST_ENTRIES]),
        repaired=notes,
    )


def _is_cut_short(xml: str) -> bool:
    return not any(end in xml[-2000:].lower() for end in ("</rss", "</feed", ":rdf>", "</rdf>", ":feed>", "</channel>"))


def _is_empty_feed(found: Mapping[str, Any], xml: str) -> bool:
    """Whether it is a feed of an unknown version in which there is nothing yet: it has a feed's root and title."""
    return bool(found["feed"].get("title") and name(head_of(tree(xml))) in {"channel", "feed"})


def _no_feed(xml: str) -> str:
    start = xml[:3000].lower()
    if "<opml" in start:
        return "This is a list of feeds (OPML), not a feed."
    if "<html" in start or "<body" in start or "<head" in start:
        return "This is a web page, not a feed."
    return "This is not a feed that relay can read."
