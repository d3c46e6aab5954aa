"""What a feed reader must let itself be asked for the polling contract to be tried on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class UnsupportedError(Exception):
    """The reader has nothing of the kind; the score counts that as "no"."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as the reader keeps it. ``key`` is its own name for it, the same for the same entry of two sources."""

    key: object
    id: str | None
    title: str | None
    link: str | None
    published: datetime | None
    body: str


@dataclass(frozen=True, slots=True)
class Word:
    """What a reader tells its user of a source: everything it has to say, and whether it calls it an error."""

    text: str
    is_error: bool


class Reader(Protocol):
    """A feed reader on a store of its own; it has no clock but the instants it is told."""

    name: str

    def add(self, url: str, **options: Any) -> None:
        """Follow a source. ``options``: ``fulltext=True`` wants the articles behind its entries."""

    def tick(self, now: datetime) -> None:
        """Do everything that is due at this instant, and return when it is done."""

    def refresh(self, url: str, now: datetime) -> None:
        """A person asks for this source now, due or not."""

    def pushed(self, url: str, body: bytes, now: datetime) -> None:
        """A WebSub hub brings this document of a source, and it is taken in."""

    def find(self, url: str, now: datetime) -> list[str]:
        """A person asks which feeds there are behind this page."""

    def restart(self) -> None:
        """A new process on the same store."""

    def hurry(self, seconds: float) -> float:
        """Let a whole request take no longer than this; how long it may take otherwise."""

    def entries(self, url: str) -> list[Stored]:
        """What the reader shows of a source, the newest first."""

    def told(self, url: str) -> Word:
        """What its user is told of a source: answer, reason, next poll, notes, questions."""

    def queued(self) -> int:
        """How many announcements wait for an editor."""

    def published(self) -> bytes:
        """The reader's own outgoing feed, brought up to date."""

    def close(self) -> None:
        """The end."""
