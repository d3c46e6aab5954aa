"""A source, what the operator wants from it, and what its last answers taught us."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the first poll of a source may put before the editors; the rest is recorded as skipped.

    ``latest`` offers the newest ``count`` entries, ``since`` those published at or after ``moment``.
    """

    kind: Literal["none", "latest", "since"] = "none"
    count: int = 0
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of ``keep`` or ``drop``: a field of the entry and what it is compared with.

    ``~`` searches a regular expression, ``=`` wants equality (of any value, for lists such as categories).
    """

    field: Literal["title", "summary", "content", "category", "author", "url"]
    operator: Literal["~", "="]
    operand: str


@dataclass(frozen=True, slots=True)
class Source:
    """A feed that relay follows, as the configuration describes it."""

    id: str
    url: str
    attribution: str
    every: timedelta = timedelta(hours=1)
    mentions: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    language: str = "fr"
    backlog: Backlog = Backlog()
    keep: tuple[Rule, ...] = ()
    drop: tuple[Rule, ...] = ()

    @property
    def name(self) -> str:
        """The body behind the source: what follows the colon of "Source : CGET"."""
        return self.attribution.rpartition(":")[2].strip() or self.attribution


@dataclass(frozen=True, slots=True)
class Origin:
    """What a source's own feed says of itself; it stands in ``atom:source`` (RFC 4287 §4.2.11)."""

    id: str
    title: str
    feed_url: str
    site_url: str | None
    updated: datetime


@dataclass(frozen=True, slots=True)
class Validators:
    """ETag and Last-Modified exactly as the server sent them: bytes, never parsed (RFC 9110 §8.8)."""

    etag: bytes | None = None
    last_modified: bytes | None = None


@dataclass(frozen=True, slots=True)
class PollState:
    """What relay remembers of a source between two polls; ``due is None`` means it was never asked."""

    validators: Validators = field(default_factory=Validators)
    due: datetime | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    answer: str = "never asked"
    reason: str = "never asked"
    max_age: timedelta | None = None
    """What the server last asked for by ``max-age``; a 304 that is silent about it keeps it (RFC 9111 §4.3.4)."""

    @property
    def is_first(self) -> bool:
        """Whether no poll has brought entries yet: everything found now is backlog."""
        return self.succeeded_at is None
