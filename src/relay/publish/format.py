"""What relay asks of a format. Each format is one module of this folder with a function ``render``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from relay.core.directory.handles import Directory
from relay.core.document import Picture
from relay.core.feed import OutgoingFeed
from relay.core.post import Post
from relay.core.source import Origin


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a month: its path in the feed's folder, the month's first moment, its posts, newest first.

    ``earlier`` and ``later`` are the paths of the pages beside it in time.
    """

    path: str
    month: datetime
    posts: tuple[Post, ...]
    earlier: str | None = None
    later: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """A post that has left the feed, and when."""

    post: Post
    at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """Where a feed document stands among the others of its feed (RFC 5005).

    ``number`` is that of an archive document, ``None`` for the subscription document; ``earlier`` and ``later`` are the
    archive documents beside it. A document that ``is_complete`` holds every post of the feed.
    """

    number: int | None = None
    earlier: int | None = None
    later: int | None = None
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """All that a format may say: a feed, its posts (newest first), and where they came from (by source id).

    ``id`` is the feed's own ``tag:`` address, ``updated`` the latest change among its posts.
    """

    feed: OutgoingFeed
    id: str
    updated: datetime
    posts: tuple[Post, ...]
    origins: Mapping[str, Origin]
    directory: Directory
    thumbnails: Mapping[str, Picture] = field(default_factory=dict)
    """The small renditions of pictures of the newest posts, by the address of the picture."""
    edited: tuple[Post, ...] = ()
    """Older posts that changed lately: subscription documents have them after the newest (RFC 5005 §4)."""
    pages: tuple[Post, ...] | None = None
    """The posts whose own pages are wanted, all of ``posts`` for ``None``."""
    left: tuple[Post, ...] = ()
    """The posts whose own pages are to say that they have left."""
    leaves: tuple[Leaf, ...] = ()
    """The pages of months that are wanted."""
    months: tuple[datetime, ...] = ()
    """The months that the front page leads to, the latest first."""
    gone: tuple[Gone, ...] = ()
    """The posts that have left lately, the last first."""
    history: History = History()
    has_front: bool = True
    """Whether the main documents are wanted; without them, pages alone."""
    looks: str = ""
    """A digest of the feed and the directory, by which what is made of a post is kept; empty to keep nothing."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file to publish; ``path`` is relative to the feed's folder."""

    path: str
    media_type: str
    body: bytes


class Format(Protocol):
    """The one name a format's module must have."""

    def render(self, edition: Edition) -> tuple[Document, ...]:
        """The documents of this edition: the same edition gives the same bytes."""
        ...
