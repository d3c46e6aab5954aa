"""A WebSub subscription: what relay and a hub agreed on about one source (https://www.w3.org/TR/websub/)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """``ASKED``: the hub has not verified it yet. ``ACTIVE``: it has, and pushes until the lease is over.

    ``REFUSED``: the hub does not want it. ``ENDED``: relay does not want it any more. ``DISTRUSTED``: what is pushed is
    taken, but too much was not pushed: the source is polled as if there were no hub.
    """

    ASKED = "asked"
    ACTIVE = "active"
    REFUSED = "refused"
    ENDED = "ended"
    DISTRUSTED = "distrusted"


@dataclass(frozen=True, slots=True)
class Subscription:
    """``token`` makes the address of its callback unguessable, ``secret`` signs what the hub pushes there."""

    token: str
    source_id: str
    hub: str
    topic: str
    secret: str = field(repr=False)
    state: State
    asked_at: datetime
    leased_at: datetime | None = None
    """Since when it has been active without a gap."""
    lease_until: datetime | None = None
    pushed_at: datetime | None = None
    """When the hub last pushed something that was signed."""
    misses: int = 0
    """Polls that found what the hub should have pushed."""
    note: str = ""
    """One sentence for a person: why it is not active, or what was wrong with the last push."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A hub that a source's document names, and the address by which it knows the source there."""

    hub: str
    topic: str


@dataclass(frozen=True, slots=True)
class Intent:
    """What a hub asks or says at the callback (§5.3, §5.2): ``mode`` subscribe, unsubscribe or denied.

    ``lease`` is in seconds, as the hub wrote it.
    """

    mode: str
    topic: str
    lease: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Push:
    """A document as a hub pushed it, its signature checked."""

    id: int
    source_id: str
    at: datetime
    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """The hub took the request; whether it means it is seen when it verifies."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The hub does not take the request, and will not if it is asked again. ``why`` is one sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """No answer of use: it may have taken the request or not. ``why`` is one sentence."""

    why: str


Reply = Taken | Declined | Unanswered
