"""The shapes of bodies and answers, of which the documentation is made. Times are UTC, as RFC 3339 writes them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from relay.core.crosspost import State

Moment = Annotated[datetime, Meta(tz=True)]
"""A time with its zone."""


@dataclass(frozen=True, slots=True)
class Count:
    """How much of one unit a text uses, and how much its network takes."""

    unit: str
    used: int
    max: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A cross-post in a list. ``url`` is where its first post is public; ``not_before`` when it may leave."""

    id: int
    entry: int
    account: str
    state: State
    revision: int
    title: str | None
    sources: tuple[str, ...]
    text: str
    language: str
    link: str
    note: str
    not_before: Moment | None
    created_at: Moment | None
    changed_at: Moment | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list; ``next`` goes into ``after`` of the question for more, ``null`` on the last page."""

    items: tuple[Listed, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: where it is, and what it shows to whoever does not see it."""

    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the network draws for a link."""

    link: str
    title: str
    description: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Post:
    """One post as its network shows it: a card or a picture beside the text, never both. ``price`` is in US dollars."""

    text: str
    heading: str
    extract: str
    card: Card | None
    picture: Picture | None
    counts: tuple[Count, ...]
    price: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are public while others are proposed."""

    text: str
    warning: str


@dataclass(frozen=True, slots=True)
class Yes:
    """One approval, for one revision."""

    by: str
    at: Moment
    revision: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    at: Moment
    who: str
    means: str
    before: str | None
    after: str
    revision: int
    what: str


@dataclass(frozen=True, slots=True)
class Crosspost:
    """A cross-post with all that is known of it. ``posts`` is its preview; ``warnings`` are what a person would see.

    ``chosen`` is when somebody wants it to leave, where anybody does, ``leaves`` when it will, or would if it were
    approved now. ``steps`` yeses are needed; ``addresses`` are those of its public posts, first to last.
    """

    id: int
    entry: int
    account: str
    network: str | None
    state: State
    revision: int
    title: str | None
    sources: tuple[str, ...]
    text: str
    warning: str
    language: str
    link: str
    picture: Picture | None
    note: str
    warnings: tuple[str, ...]
    posts: tuple[Post, ...]
    live: Words | None
    steps: int
    approvals: tuple[Yes, ...]
    edited_by: str | None
    leaves: Moment | None
    chosen: Moment | None
    not_before: Moment | None
    created_at: Moment | None
    changed_at: Moment | None
    addresses: tuple[str, ...]
    history: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """One of the posts that a text makes."""

    post: int
    counts: tuple[Count, ...]
    fits: bool


@dataclass(frozen=True, slots=True)
class Counting:
    """The posts that a text makes for an account: one, or a thread."""

    posts: tuple[Counted, ...]
    fits: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong (RFC 9457): ``detail`` is for a person, ``code`` for the program, and stays as it is."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str
    code: str
