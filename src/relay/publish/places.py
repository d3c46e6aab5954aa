"""Where each format stands in a feed's folder, and under which media type."""

from dataclasses import dataclass

from relay.core.feed import FormatName, OutgoingFeed


@dataclass(frozen=True, slots=True)
class Place:
    """A format's main document: its label, its path in the folder, its registered media type."""

    label: str
    path: str
    media_type: str


PLACES: dict[FormatName, Place] = {
    "atom": Place("Atom", "atom.xml", "application/atom+xml"),
    "rss": Place("RSS", "rss.xml", "application/rss+xml"),
    "json": Place("JSON Feed", "feed.json", "application/feed+json"),
    "html": Place("HTML", "index.html", "text/html"),
}


def subscriptions(feed: OutgoingFeed) -> tuple[Place, ...]:
    """The documents that this feed offers to subscribers, in the order of the configuration."""
    return tuple(PLACES[name] for name in feed.formats if name != "html")


def archived(place: Place, number: int) -> Place:
    """Where the archive document with this number stands (RFC 5005 §4)."""
    return Place(place.label, f"{ARCHIVES}{number:04}/{place.path}", place.media_type)


ARCHIVES = "archives/"
STEADY = ("pictures/", ARCHIVES)
"""Folders whose documents never change once they are written: their names change instead."""


def is_steady(path: str) -> bool:
    """Whether the document at ``path`` in a feed's folder stays as it is for ever (RFC 5005 §4, RFC 8246)."""
    return path.startswith(STEADY)
