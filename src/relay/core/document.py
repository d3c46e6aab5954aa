"""What a fetch can answer, and what a document says once it has been read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from relay.core.sketch import Mark, Sketch
from relay.core.source import Validators


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect on the way to an answer: its status and the address it led to."""

    status: int
    target: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """200, or 226 when ``is_delta`` (RFC 3229: only what is new). ``url`` is what answered, after ``hops``."""

    url: str
    body: bytes
    content_type: str | None = None
    validators: Validators = Validators()
    max_age: timedelta | None = None
    hops: tuple[Hop, ...] = ()
    hubs: tuple[str, ...] = ()
    topic: str | None = None
    """WebSub hubs and ``self`` of the ``Link`` header, which go before those of the document."""
    is_delta: bool = False


@dataclass(frozen=True, slots=True)
class NotModified:
    """304. Headers that it does not carry keep their stored value, so ``None`` here means "silent"."""

    validators: Validators = Validators()
    max_age: timedelta | None = None
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """410: the publisher says that the feed will not come back."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No usable answer: network, TLS, 4xx, 5xx, too large, too slow. ``why`` is one sentence for a person."""

    why: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Busy:
    """429, or 503 with ``Retry-After``: the server is well and wants to be left alone.

    ``host`` is who said so; empty where that is another than the one asked, to which a redirect led.
    """

    why: str
    host: str
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """The server, or relay's own address guard, refuses this reader: 401, 403, a bot check."""

    why: str
    is_bot_check: bool = False
    is_ours: bool = False
    """It is relay that does not go there; no publisher has said a word."""


Answer = Fetched | NotModified | Gone | Unreachable | Busy | Blocked


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
    """A picture with its alternative text (empty where the source gives none) and where it is.

    ``width`` and ``height`` are in pixels: of a candidate what somebody declared, of a picture that relay keeps true.
    ``credit`` is whom the source names for it: "© Anne Martin".
    """

    url: str
    alt: str = ""
    type: str | None = None
    length: int | None = None
    width: int | None = None
    height: int | None = None
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The feed that an entry was first published in, as the entry says: ``atom:source``, RSS ``source``."""

    title: str | None
    url: str | None


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
    comments: str | None = None
    """The page where readers answer: RSS ``comments``, Atom's ``replies`` (RFC 4685 §4)."""
    provenance: Provenance | None = None
    rights: str | None = None
    article_html: str | None = None
    """The article behind the entry, as safe HTML: not the feed's own words, and so no sign of an edit."""
    pictures: tuple[Picture, ...] = ()
    """Every picture that the feed names or shows for it; ``picture``, by which edits are told, is the first choice."""
    mark: Mark | None = None
    """How its bytes are known again; ``None`` where they are not to be."""
    sketch: Sketch | None = None
    """What is known of it, where its bytes are those of before: it was not read, and its words are not here."""


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
    """RSS ``ttl``."""
    period: timedelta | None = None
    """Of the syndication module: ``sy:updatePeriod`` divided by ``sy:updateFrequency``."""
    skip_hours: frozenset[int] = frozenset()
    """RSS ``skipHours``, 0 to 23, GMT."""
    skip_days: frozenset[int] = frozenset()
    """RSS ``skipDays``, Monday is 0, GMT."""
    is_complete: bool = False
    """``fh:complete`` (RFC 5005 §2): what is not in here any more is gone."""
    previous: str | None = None
    """The document with older entries: ``prev-archive`` or ``next`` (RFC 5005 §3, §4), JSON Feed's ``next_url``."""
    entries: tuple[ParsedEntry, ...] = ()
    repaired: tuple[str, ...] = ()
    error: str | None = None
    description: str | None = None
    rights: str | None = None
    """What may be done with the texts, in the publisher's words."""
    authors: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    picture: Picture | None = None
    icon: str | None = None
    generator: str | None = None
    """The program that wrote the document."""
    is_deadly: bool = False
    """Whoever read it has not lived to tell: ``error`` says what is known of that."""
