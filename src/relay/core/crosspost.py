"""A cross-post: one post on its way to one account, and everything that can be said of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from relay.core.outcome import Sent


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
    EDIT_PROPOSED = "edit_proposed"
    UPDATING = "updating"
    DELETE_PROPOSED = "delete_proposed"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Image:
    """The picture that a post may be sent with: where readers find it, what it is (pixels), and what it shows."""

    url: str
    type: str
    width: int
    height: int
    alt: str = ""
    waived: str = ""
    """Why it needs no alternative text, in an editor's words."""


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
    warning: str = ""
    """What stands before the text until readers ask for it, on networks that have such a thing."""
    is_pictured: bool = False
    """Whether an editor has chosen ``image``, or that there is none: no other takes its place by itself."""


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
class Part:
    """A post that is public: the request it was sent as, and what its network calls it. A thread has several."""

    request: Request
    sent: Sent


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
    parts: tuple[Part, ...] = ()
    """What is public of it, from the first post to the last."""
    live: Draft | None = None
    """The words that are public while others are proposed in their place."""
    remote_id: str | None = None
    remote_url: str | None = None
    unseen_at: datetime | None = None
    """When a look at the network first did not find what may have been sent; a second one must agree."""
    note: str = ""
    """Why it stands where it stands, in a sentence for the editor."""
    created_at: datetime | None = None
    changed_at: datetime | None = None
    wanted_at: datetime | None = None
    """When it shall leave, where somebody has chosen that; else it leaves at the next slot of its schedule."""
    wanted_by: str | None = None
    """Who chose that, or gave it back to the schedule."""
