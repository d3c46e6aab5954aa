"""What a hub that pushes is believed: how rarely its source is polled, and when that ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from relay.core.pushing.subscription import State, Subscription

BACKUP = timedelta(days=1)
"""Between two polls of a source whose hub pushes."""
LATE = timedelta(minutes=15)
MISSES = 3
"""Polls that found something older than ``LATE`` which was not pushed, before the hub is distrusted."""


def is_pushing(known: Subscription, now: datetime) -> bool:
    """Whether its hub owes relay every piece of news at ``now``."""
    leased = known.state in {State.ACTIVE, State.DISTRUSTED}
    return leased and known.lease_until is not None and known.lease_until > now


def is_heard(known: Subscription) -> bool:
    """Whether what arrives at its callback is taken; also after the lease, if the hub is generous."""
    return known.state in {State.ACTIVE, State.DISTRUSTED}


def pushed(known: Subscription, now: datetime, note: str = "") -> Subscription:
    """The subscription after a push; ``note`` says what was wrong with it."""
    return replace(known, pushed_at=now, note=note)


def backup_poll(known: Subscription | None, now: datetime) -> timedelta | None:
    """How long a poll may wait because a hub pushes meanwhile; ``None`` where none does, or none is trusted."""
    trusted = known is not None and known.state is State.ACTIVE and is_pushing(known, now)
    return BACKUP if trusted else None


def polled(known: Subscription, found: Sequence[datetime], now: datetime) -> Subscription:
    """The subscription after a poll: ``found`` are the moments at which what it brought as new was published.

    What was published before the hub began to push is none of its business, what came just now may still be under way.
    """
    owed = known.leased_at if is_pushing(known, now) else None
    if owed is None or not any(owed <= moment <= now - LATE for moment in found):
        return known
    misses = known.misses + 1
    if misses < MISSES:
        return replace(known, misses=misses)
    return replace(
        known, misses=misses, state=State.DISTRUSTED, note=f"The hub did not push what {misses} polls found."
    )
