"""Who is told of what happens to cross-posts, how far that has come, and when it is tried again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from relay.core.account import Secret
from relay.core.programs.happening import Happening

WAITS = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 10, 60, 180, 360))
"""After the first failed attempt, the second, …; then the last one again and again."""
PATIENCE = timedelta(days=3)
"""After so long without one success the hook is failing, for whoever looks after relay."""
DAILY = timedelta(days=1)
LONGEST_ASKED = timedelta(hours=6)
"""The most that a ``Retry-After`` is believed."""


@dataclass(frozen=True, slots=True)
class Hook:
    """One ``[hooks.…]``: where it is told, what signs, and of what. ``secret`` is ``None`` where it cannot be had."""

    id: str
    url: str
    secret: Secret | None
    events: frozenset[Happening] = frozenset(Happening)


@dataclass(frozen=True, slots=True)
class Position:
    """How far a hook has been told: ``seen`` is the last line of the journal that is behind it.

    ``attempts`` have failed at the next one, the first at ``failing_since``; none is made before ``not_before``.
    ``ended_at``: the receiver wants no more (410), as long as its address stays ``url``.
    """

    hook: str
    url: str
    seen: int
    told_at: datetime | None = None
    attempts: int = 0
    not_before: datetime | None = None
    failing_since: datetime | None = None
    ended_at: datetime | None = None
    note: str = ""
    """Why the last attempt failed, in a sentence."""

    def standing(self, now: datetime) -> str:
        """``fine``, ``waiting`` to be tried again, ``failing`` for days, or ``ended``."""
        if self.ended_at is not None:
            return "ended"
        if self.failing_since is None:
            return "fine"
        return "failing" if now - self.failing_since >= PATIENCE else "waiting"


def told(position: Position, seen: int, now: datetime) -> Position:
    """It has arrived."""
    return Position(position.hook, position.url, seen, told_at=now)


def failed(position: Position, why: str, asked: timedelta, now: datetime) -> Position:
    """It has not: the same is tried again, after three days once a day, and what comes after it waits its turn."""
    since = position.failing_since or now
    usual = WAITS[min(position.attempts, len(WAITS) - 1)] if now - since < PATIENCE else DAILY
    wait = max(usual, min(asked, LONGEST_ASKED))
    again = replace(position, attempts=position.attempts + 1, not_before=now + wait)
    return replace(again, failing_since=since, note=why)


def ended(position: Position, why: str, now: datetime) -> Position:
    """The receiver wants no more of it."""
    return replace(position, ended_at=now, not_before=None, note=why)


def readdressed(position: Position, url: str) -> Position:
    """The configuration has another address: what was waiting goes there at once, in the same order."""
    return Position(position.hook, url, position.seen, told_at=position.told_at)
