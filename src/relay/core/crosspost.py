"""A cross-post: one post on its way to one account, and everything that can be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

Unit = Literal["graphemes", "bytes", "code points", "utf-16", "weighted", "emoji as bytes"]
"""``weighted`` is X's count, ``emoji as bytes`` is Threads'; ``utf-16`` are code units."""


class State(StrEnum):
    """Where a cross-post stands. The transitions between them are in ``relay.core.review.workflow``."""

    WAITING = "waiting"
    CHANGES = "changes"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    HELD = "held"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    SENT = "sent"
    REJECTED = "rejected"
    EXPIRED = "expired"
    SKIPPED = "skipped"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a text may be on a network, and how the network counts it.

    ``text`` gives every unit with its maximum; all must hold. ``link_cost`` is what any link counts,
    ``None`` when links count in full, or as their unit has it. ``local_mentions``: ``@user@host`` counts as ``@user``.
    """

    text: tuple[tuple[Unit, int], ...]
    link_cost: int | None = None
    local_mentions: bool = False


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or token; its value never shows in a message, a log or a traceback."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "••••••••"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast an account may post."""

    min_gap: timedelta = timedelta(0)
    per_day: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one network. ``options`` are the plain settings of that network, ``secrets`` the others."""

    id: str
    network: str
    options: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    pace: Pace = Pace()


@dataclass(frozen=True, slots=True)
class Image:
    """The picture that a post may be sent with: where readers find it, what it is (pixels), and what it shows."""

    url: str
    type: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The words for one account, as an editor sees and changes them."""

    text: str
    language: str
    link: str
    title: str = ""
    description: str = ""
    """Both stand on the card that some networks draw for ``link``; ``image`` does too, or goes in its place."""
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """What makes a request the same for ever: minted once at approval, never renewed; ``nonce`` is 64 random bits."""

    created_at: datetime
    nonce: int


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it will be sent, frozen before the first byte leaves: JSON text, and the key it goes under."""

    key: str
    body: str


@dataclass(frozen=True, slots=True)
class Approval:
    """One yes: who gave it, when, for which revision."""

    by: str
    at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Crosspost:
    """One post for one account. ``revision`` grows with every change of its words; a yes is for one revision."""

    id: int
    entry_id: int
    account: str
    route: int
    state: State
    revision: int
    draft: Draft
    edited_by: str | None = None
    approvals: tuple[Approval, ...] = ()
    keys: Keys | None = None
    request: Request | None = None
    not_before: datetime | None = None
    attempt: int = 0
    lease_until: datetime | None = None
    remote_id: str | None = None
    remote_url: str | None = None
    note: str = ""
    """Why it stands where it stands, in a sentence for the editor."""
    created_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The network has it."""

    id: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """Nothing was published, and the same request may be sent again after ``wait``."""

    why: str
    wait: timedelta = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was published, and the same request never will be."""

    why: str


@dataclass(frozen=True, slots=True)
class AuthLost:
    """The network no longer knows this account's secret: everything for it must wait for a person."""

    why: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """The request went out and the answer did not come back, or says nothing: it may be published."""

    why: str


Outcome = Sent | Retry | Refused | AuthLost | Unsure


@dataclass(frozen=True, slots=True)
class NotThere:
    """The account's own posts were read, and it is not among them."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The network cannot be asked, or did not answer."""

    why: str


Finding = Sent | NotThere | CannotTell
