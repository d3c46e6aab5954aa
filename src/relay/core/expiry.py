"""When an access is renewed, and when its end is foretold: the rules, without a clock."""

from datetime import datetime, timedelta

MARGIN = timedelta(minutes=5)
FORETOLD = (14, 7, 1)
"""Days before the end of an access at which it is said, once each."""
SOONEST, UNBELIEVED = timedelta(minutes=1), timedelta(hours=1)
"""After how long an access is renewed that ends sooner, and one that is over when it comes."""


def renewal(granted_at: datetime, expires_at: datetime) -> datetime:
    """A fifth of its life before an access ends, at least five minutes; never before half of its life is over."""
    life = max(expires_at - granted_at, timedelta(0))
    return expires_at - min(max(life / 5, MARGIN), life / 2)


def attempt(granted_at: datetime, expires_at: datetime) -> datetime:
    """When renewing is tried. What is over when it comes is over by another clock: there is a pause before it."""
    if expires_at <= granted_at:
        return granted_at + UNBELIEVED
    return max(renewal(granted_at, expires_at), granted_at + SOONEST)


def foretelling(ends_at: datetime, now: datetime) -> int | None:
    """The smallest of ``FORETOLD`` that the end is within; ``None`` while it is further away."""
    return min((days for days in FORETOLD if ends_at - now <= timedelta(days=days)), default=None)
