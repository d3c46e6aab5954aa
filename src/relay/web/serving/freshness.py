"""How long a feed is fresh: until one of its sources is asked again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from relay.core.feed import OutgoingFeed
from relay.storage import sources
from relay.storage.database import Database

UNKNOWN = 300
"""Seconds, where nothing is planned."""
SHORTEST, LONGEST = 60, 3600
"""Seconds. An hour at most: an editor or a hub may bring a change that nobody planned."""
_LOOK = timedelta(seconds=30)
"""The tables are asked no more often than this for one feed, whoever asks for its documents."""


class Freshness:
    """Thread-safe; what is remembered is when to look again, and the next planned change."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db, self._clock = db, clock
        self._lock = Lock()
        self._planned: dict[str, tuple[datetime, datetime | None]] = {}

    def seconds(self, feed: OutgoingFeed) -> int:
        """From now to the next planned change of the feed."""
        known = self.known(feed)
        return self._look(feed) if known is None else known

    def known(self, feed: OutgoingFeed) -> int | None:
        """The same, if the tables need not be asked for it."""
        now = self._clock()
        with self._lock:
            looked, due = self._planned.get(feed.id, (None, None))
        return _from(now, due) if looked is not None and timedelta(0) <= now - looked < _LOOK else None

    def _look(self, feed: OutgoingFeed) -> int:
        now = self._clock()
        with self._db.read() as tx:
            due = sources.next_due(tx, feed.sources)
        with self._lock:
            self._planned[feed.id] = (now, due)
        return _from(now, due)


def _from(now: datetime, due: datetime | None) -> int:
    return UNKNOWN if due is None else min(LONGEST, max(SHORTEST, int((due - now).total_seconds())))
