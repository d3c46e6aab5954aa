"""Who is told of news by relay's own hub, and how far that has come."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Topic:
    """One document of a feed: ``feed`` its id, ``path`` its file in the feed's folder."""

    feed: str
    path: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What somebody has been told: ``version`` is the last one that arrived, at the moment ``at``.

    ``attempts`` have failed since, the first at ``failing_since``; the next one is not made before ``not_before``.
    """

    version: str = ""
    at: datetime | None = None
    attempts: int = 0
    not_before: datetime | None = None
    failing_since: datetime | None = None
    note: str = ""
    """One sentence for a person: why the last attempt failed."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A subscription that its callback has confirmed. ``address`` is the topic as the subscriber wrote it."""

    id: int
    topic: Topic
    address: str
    callback: str
    secret: str = field(repr=False)
    lease_until: datetime
    progress: Progress = Progress()


@dataclass(frozen=True, slots=True)
class Errand:
    """A question that is to be put to a callback, or a refusal that it is to be told.

    ``not_before`` is when; ``attempts`` got no answer so far.
    """

    id: int
    mode: Literal["subscribe", "unsubscribe", "denied"]
    address: str
    callback: str
    secret: str = field(repr=False)
    lease: timedelta
    not_before: datetime
    attempts: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A document as it is sent to subscribers; ``version`` names these bytes."""

    topic: Topic
    version: str
    media_type: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arrived:
    """It was taken (2xx)."""


@dataclass(frozen=True, slots=True)
class Over:
    """The other side does not want to hear of it any more (410, §7)."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It was not taken. ``is_silent``: nothing answered at all. ``wait`` is what the other side asks for."""

    why: str
    is_silent: bool = False
    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Spared:
    """It was not tried: the same host has just not answered."""


Outcome = Arrived | Over | Failed | Spared


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The callback has said that it means it (§5.3)."""


@dataclass(frozen=True, slots=True)
class Declined:
    """It does not: nothing changes. ``why`` is a sentence for the log."""

    why: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Nothing answered; it may be asked again. ``why`` is a sentence for the log."""

    why: str


Verdict = Confirmed | Declined | Unanswered
