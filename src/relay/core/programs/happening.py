"""What happens to cross-posts, in the words in which programs are told of it."""

from collections.abc import Mapping
from enum import StrEnum

from relay.core.crosspost import State


class Happening(StrEnum):
    """What a hook can be told of."""

    QUEUED = "queued"
    APPROVED = "approved"
    REFUSED = "refused"
    SENT = "sent"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    EXPIRED = "expired"
    EDITED = "edited"
    STOPPED = "stopped"


_CLOSED = frozenset({State.REJECTED, State.EXPIRED, State.SKIPPED})
_BECOMES: Mapping[State, Happening] = {
    State.APPROVED: Happening.APPROVED,
    State.REJECTED: Happening.REFUSED,
    State.FAILED: Happening.FAILED,
    State.UNCONFIRMED: Happening.UNCONFIRMED,
    State.WITHDRAWN: Happening.WITHDRAWN,
    State.HELD: Happening.HELD,
    State.EXPIRED: Happening.EXPIRED,
}
_REWORDED = frozenset({"edited", "source edited"})
"""What the journal says of other words."""
_CORRECTED = "sent"
"""What it says of a correction that the network took; else it gives the reason why not."""


def happening(before: State | None, after: State, what: str) -> Happening | None:
    """Which of them a line of the journal tells; ``None`` for what is of no interest outside.

    A yes that is not the last one is none. Corrected words are ``approved`` and ``sent`` like the first ones.
    """
    if what in _REWORDED:
        return Happening.EDITED
    if after is State.WAITING and (before is None or before in _CLOSED):
        return Happening.QUEUED
    if after is State.SENT and before in {State.SENDING, State.UNCONFIRMED}:
        return Happening.SENT
    if before is State.EDIT_PROPOSED and after is State.UPDATING:
        return Happening.APPROVED
    if before is State.UPDATING and after is State.SENT:
        return Happening.SENT if what == _CORRECTED else Happening.FAILED
    return _BECOMES.get(after) if before is not after else None
