"""How long a session lasts, and how precisely it is known when somebody was last there."""

from datetime import datetime, timedelta

LONGEST = timedelta(days=30)
"""After so long everybody signs in anew."""
IDLE = timedelta(days=7)
"""After so long without a request a session is over."""
NOTED = timedelta(minutes=5)
"""A session's last request is written down so often at most: a page that is read writes nothing."""
LINK = timedelta(minutes=15)
"""How long a sign-in address works."""
CEREMONY = timedelta(minutes=5)
"""How long whoever has begun to sign in, by a passkey or a provider, may take."""


def is_over(seen_at: datetime | None, expires_at: datetime, now: datetime) -> bool:
    """Whether a session has ended by itself; ``seen_at`` is not known of those of earlier versions."""
    return expires_at <= now or (seen_at is not None and seen_at + IDLE <= now)


def is_worth_noting(seen_at: datetime | None, now: datetime) -> bool:
    """Whether to write down that somebody is there."""
    return seen_at is None or not timedelta(0) <= now - seen_at < NOTED
