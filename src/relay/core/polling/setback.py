"""What is remembered of a source that a clock ahead of its time has written: the waits stay as long as they were."""

from dataclasses import replace

from relay.core.clock import SetBack
from relay.core.polling.pollstate import PollState
from relay.core.polling.waiting import due, wait
from relay.core.source import Source

SHARE = 1.05
"""A source is asked a little later than after its wait, each in its own way."""


def set_right(source: Source, state: PollState, change: SetBack) -> PollState:
    """The same on the clock of now: as soon asked again as it would have been.

    What was learnt before that clock went ahead stays as it is. What that clock alone made of a source (quiet for
    long, gone for good) is not believed.
    """
    is_of_then = state.polled_at is not None and state.polled_at > change.now
    if not is_of_then:
        is_put_off = state.due is not None and state.due > change.was
        return replace(state, due=change.moved(state.due)) if is_put_off else state
    moved = _moved(state, change)
    if state.is_gone:
        return replace(moved, is_gone=False, due=change.now, reason="the clock was wrong when it was believed gone")
    return _awake(source, moved, change)


def _awake(source: Source, state: PollState, change: SetBack) -> PollState:
    """It waits no longer than it would after the same answer now."""
    found = wait(source, state, change.now, unchanged=False)
    began = state.polled_at or change.now
    if state.backoff or state.due is None or state.due - began <= found.gap * SHARE:
        return state
    return replace(state, due=due(source.id, found.gap, state.hints, began), reason=found.why)


def _moved(state: PollState, change: SetBack) -> PollState:
    moving, moved = state.place.moving, change.moved
    watched = replace(moving, since=moved(moving.since) or moving.since) if moving else None
    return replace(
        state,
        due=moved(state.due),
        polled_at=moved(state.polled_at),
        succeeded_at=moved(state.succeeded_at),
        read_until=moved(state.read_until),
        gone_at=moved(state.gone_at),
        sought_at=moved(state.sought_at),
        unchanged_since=moved(state.unchanged_since),
        evidence_at=moved(state.evidence_at),
        rhythm=replace(state.rhythm, newest=moved(state.rhythm.newest)),
        place=replace(state.place, moving=watched),
    )
