"""The shapes of what stands around the queue: sources, accounts, feeds, handles, questions, and the service itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from relay.core.crosspost import State
from relay.web.api.shapes import Moment


@dataclass(frozen=True, slots=True)
class Source:
    """A source and how it does. ``trouble`` is why it needs a person, ``questions`` how many are open about it."""

    id: str
    name: str
    url: str
    answer: str
    reason: str
    failures: int
    trouble: str | None
    push: str
    polled_at: Moment | None
    succeeded_at: Moment | None
    next_poll: Moment | None
    questions: int


@dataclass(frozen=True, slots=True)
class Sources:
    """All of them, those that need a person first."""

    items: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Polled:
    """What asking a source has brought. Not ``asked``: its host wants to be left alone for a while."""

    asked: bool
    new: int
    edited: int
    source: Source


@dataclass(frozen=True, slots=True)
class Account:
    """An account and how it stands: ``fine``, ``held``, or ``connect``. ``until`` is when a person must connect it."""

    id: str
    network: str
    whose: str
    standing: str
    why: str
    waiting: int
    until: Moment | None


@dataclass(frozen=True, slots=True)
class Accounts:
    """Those that the token is for."""

    items: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that relay publishes."""

    id: str
    title: str
    link: str
    language: str
    formats: tuple[str, ...]
    sources: tuple[str, ...]
    subscribers: int


@dataclass(frozen=True, slots=True)
class Feeds:
    """All of them."""

    items: tuple[Feed, ...]


@dataclass(frozen=True, slots=True)
class Handle:
    """An institution or person, with the handle on each network where it has one."""

    id: str
    name: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    handles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Handles:
    """Some of the directory; ``next`` goes into ``after``, ``null`` on the last page."""

    items: tuple[Handle, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """What relay asks editors about a source. ``entries`` are those in question."""

    id: int
    source: str
    kind: str
    subject: str
    entries: tuple[int, ...]
    asked_at: Moment


@dataclass(frozen=True, slots=True)
class Questions:
    """Those that nobody has answered, the oldest first."""

    items: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """An emergency stop: who, when and why."""

    who: str
    at: Moment
    why: str


@dataclass(frozen=True, slots=True)
class Status:
    """The service at a glance. ``queue`` counts by state; ``stop`` is the emergency stop in force.

    ``troubled`` sources need a person, nothing leaves from ``held`` accounts; ``loops`` say when each ran last.
    """

    version: str
    now: Moment
    queue: Mapping[State, int]
    troubled: tuple[str, ...]
    held: tuple[str, ...]
    questions: int
    loops: Mapping[str, Moment]
    stop: Stop | None


@dataclass(frozen=True, slots=True)
class Token:
    """The token that asks. No ``accounts`` are all of them."""

    name: str
    scopes: tuple[str, ...]
    accounts: tuple[str, ...]
    expires_at: Moment | None
    requests_a_minute: int
