"""Which of what happens is told: what asks something of an editor, or that nobody would see."""

from collections.abc import Mapping

from relay.core.crosspost import State
from relay.core.telling.listener import Kind

ASKING = frozenset({State.WAITING, State.CHANGES, State.EDIT_PROPOSED, State.DELETE_PROPOSED})
"""Where a cross-post waits for somebody's word."""

_TOLD: Mapping[State, Kind] = {
    **dict.fromkeys(ASKING, Kind.WAITING),
    State.FAILED: Kind.FAILED,
    State.UNCONFIRMED: Kind.UNCONFIRMED,
    State.EXPIRED: Kind.EXPIRED,
    State.HELD: Kind.HELD,
}


def kind_of(before: State | None, after: State | None, *, by_relay: bool) -> Kind | None:
    """What a change of state is told as, ``None`` for nothing. What a colleague has put on hold needs no telling."""
    if after is None or before is after or (after is State.HELD and not by_relay):
        return None
    return _TOLD.get(after)
