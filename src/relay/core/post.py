"""A post: an entry in the blog's format."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.document import Picture


@dataclass(frozen=True, slots=True)
class Related:
    """One line of "Lire également :": another post of this blog."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Who brings the news too: the name of a source, and the address of its own entry."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Post:
    """What subscribers read. Parts stand in the order of the page; all text is plain but ``body_html``.

    ``handles`` are identifiers of the directory (``cget``), never a network's "@…": each network has its own.
    ``id`` is a ``tag:`` address (RFC 4151) that never changes; ``url`` is the post's own page.
    """

    id: str
    slug: str
    url: str
    source_id: str
    headline: str
    handles: tuple[str, ...]
    hashtags: tuple[str, ...]
    credit: str
    credit_url: str
    lead: str
    picture: Picture | None
    body_html: str
    more_url: str
    related: tuple[Related, ...]
    language: str
    categories: tuple[str, ...]
    author: str | None
    published: datetime
    updated: datetime
    also: tuple[Credit, ...] = ()
    """Those who bring the same news besides ``credit``, each once, in the order in which they brought it."""
