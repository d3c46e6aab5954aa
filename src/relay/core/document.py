"""What a fetch can answer, and what a document says once it has been read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from relay.core.source import Validators


@dataclass(frozen=True, slots=True)
class Fetched:
    """200 with a body. ``url`` is the address that answered, after redirects."""

    url: str
    body: bytes
    content_type: str | None = None
    validators: Validators = Validators()
    max_age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """304. Headers that it does not carry keep their stored value, so ``None`` here means "silent"."""

    validators: Validators = Validators()
    max_age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """410: the publisher says that the feed will not come back."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No usable answer: network, TLS, 4xx, 5xx, too large, too slow. ``why`` is one sentence for a person."""

    why: str
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """The server, or relay's own address guard, refuses this reader: 401, 403, 429, a bot check."""

    why: str
    retry_after: timedelta | None = None


Answer = Fetched | NotModified | Gone | Unreachable | Blocked


@dataclass(frozen=True, slots=True)
class Person:
    """An author as the feed names them."""

    name: str
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file attached to an entry. ``length`` is in bytes, ``None`` where the feed does not say."""

    url: str
    type: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its alternative text (empty where the source gives none) and where it is."""

    url: str
    alt: str = ""
    type: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry as read: text fields are plain text, ``content_html`` is safe HTML with absolute addresses."""

    id: str | None
    url: str | None
    title: str | None
    summary: str | None = None
    content_html: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    authors: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """One document as read. ``error`` is set, and ``entries`` empty, only when nothing could be read."""

    format: str | None = None
    id: str | None = None
    title: str | None = None
    url: str | None = None
    self_url: str | None = None
    hubs: tuple[str, ...] = ()
    language: str | None = None
    updated: datetime | None = None
    ttl: timedelta | None = None
    entries: tuple[ParsedEntry, ...] = ()
    repaired: tuple[str, ...] = ()
    error: str | None = None
