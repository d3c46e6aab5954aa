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
