"""What documents say of the posts that do not stand in them: older ones (RFC 5005), and those that left (RFC 6721)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import SubElement, _Element

from relay.publish.format import Edition
from relay.publish.item import utc
from relay.publish.places import PLACES, Place, archived

_HISTORY = "http://purl.org/syndication/history/1.0"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"


@dataclass(frozen=True, slots=True)
class Past:
    """Links to the other documents of a feed (relation, address), and the ids of posts that have left, with when."""

    links: tuple[tuple[str, str], ...] = ()
    left: tuple[tuple[str, datetime], ...] = ()
    is_archive: bool = False
    is_complete: bool = False

    def namespaces(self) -> dict[str, str]:
        """The prefixes that are used."""
        history = {"fh": _HISTORY} if self.is_archive or self.is_complete else {}
        return history | ({"at": _TOMBSTONES} if self.left else {})

    def add_to_atom(self, feed: _Element) -> None:
        """The links, the mark, then what has left, before the first entry."""
        for rel, href in self.links:
            feed.append(feed.makeelement("link", {"href": href, "rel": rel}))
        self._mark(feed)
        for ref, when in self.left:
            SubElement(feed, f"{{{_TOMBSTONES}}}deleted-entry", ref=ref, when=utc(when).isoformat())

    def add_to_rss(self, channel: _Element) -> None:
        """The links and the mark; RSS has no word for what has left."""
        for rel, href in self.links:
            SubElement(channel, _ATOM_LINK, {"href": href, "rel": rel})
        self._mark(channel)

    def _mark(self, parent: _Element) -> None:
        if self.is_archive or self.is_complete:
            SubElement(parent, f"{{{_HISTORY}}}{'archive' if self.is_archive else 'complete'}")


def past(edition: Edition, place: Place) -> Past:
    """What a clean edition says at ``place``."""
    history = edition.history
    return Past(
        links=tuple(_links(edition, place)),
        left=tuple((one.post.id, one.at) for one in edition.gone),
        is_archive=history.number is not None,
        is_complete=history.is_complete,
    )


def _links(edition: Edition, place: Place) -> Iterator[tuple[str, str]]:
    """At feed level alone; a document of one format leads to those of the same."""
    history, link = edition.history, edition.feed.link
    main = next((one for one in PLACES.values() if one.media_type == place.media_type), place)
    if history.number is not None:
        yield "current", link + main.path
    if history.earlier is not None:
        yield "prev-archive", link + archived(main, history.earlier).path
    if history.later is not None:
        yield "next-archive", link + archived(main, history.later).path
