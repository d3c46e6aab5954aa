"""What relay remembers of a source between two polls."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from relay.core.source import Validators


@dataclass(frozen=True, slots=True)
class Hints:
    """When the publisher wants to be asked again, as last heard; ``None`` and empty where it does not say.

    ``max_age`` is of HTTP (a 304 that is silent keeps it, RFC 9111 §4.3.4), the others are of the document.
    """

    max_age: timedelta | None = None
    ttl: timedelta | None = None
    period: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Moving:
    """A permanent redirect that is being watched before it is believed: since when, and at how many fetches."""

    target: str
    since: datetime
    fetches: int = 1
    is_proved: bool = False
    """Whether a document from there had an entry that this source is known for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source is asked. ``configured`` is the address in the file by which the rest was learnt."""

    configured: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()
    moving: Moving | None = None
    landed: str = ""
    """The address that answered last, after redirects."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a source publishes: when its newest entry came, and the usual time between two entries."""

    newest: datetime | None = None
    usual: timedelta | None = None


@dataclass(frozen=True, slots=True)
class PollState:
    """``due is None``: it was never asked, or is gone; ``polled_at`` tells which."""

    due: datetime | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    """When a document was last read: the first time makes everything found backlog."""
    failures: int = 0
    """Failures in a row that are the feed's own; to be told off is none."""
    answer: str = "never asked"
    reason: str = "never asked"
    validators: Validators = field(default_factory=Validators)
    hints: Hints = Hints()
    place: Place = Place()
    rhythm: Rhythm = Rhythm()
    body: str | None = None
    """A digest of the last document's bytes."""
    wish: str = ""
    """A digest of what the operator wants read of its documents."""
    read_until: datetime | None = None
    """Since when that is wanted otherwise: what is older is no news, whenever it is read."""
    size: int = 0
    """Bytes of the last document: what a 304 saves."""
    backoff: int = 0
    """Answers in a row that were of no use, for whatever reason."""
    gone_at: datetime | None = None
    """When the server first said 410."""
    is_gone: bool = False
    missing: int = 0
    """404s in a row."""
    sought_at: datetime | None = None
    """When the source's site was last searched for where a missing feed went."""
    unchanged_since: datetime | None = None
    """The first of the 304s in a row."""
    hubs: tuple[str, ...] = ()
    topic: str | None = None
    """The WebSub hubs that the last document named, and its own address there."""
    backup: timedelta | None = None
    """How rarely it is polled because a hub pushes meanwhile (WebSub)."""
    evidence_at: datetime | None = None
    """When something else than a poll (a push) showed news that the 304s do not admit."""

    @property
    def is_first(self) -> bool:
        """Whether no poll has brought entries yet: everything found now is backlog."""
        return self.succeeded_at is None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a document taught, beside its entries: how many of these were new, how many known before.

    ``error`` says why it could not be read; ``body`` is a digest of its bytes, ``size`` their number.
    ``is_same``: the bytes are those of the last document, and were not read again.
    """

    error: str | None = None
    hints: Hints = Hints()
    moments: tuple[datetime, ...] = ()
    new: int = 0
    known: int = 0
    body: str = ""
    size: int = 0
    is_same: bool = False
    hubs: tuple[str, ...] = ()
    topic: str | None = None
