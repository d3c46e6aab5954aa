"""How much one token may ask: so many requests a minute, so that a program that runs wild holds up nobody."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

MOST = 300
"""Requests of one token in a minute, at one process of relay."""
SPAN = timedelta(minutes=1)


@dataclass(slots=True)
class Budget:
    """When each token's minute began, and what it has asked since."""

    most: int = MOST
    _spent: dict[int, tuple[datetime, int]] = field(default_factory=dict)
    _turn: Lock = field(default_factory=Lock)

    def wait(self, token: int, now: datetime) -> int:
        """Count one request; after how many seconds the token may ask again, 0 where it may now."""
        with self._turn:
            since, count = self._spent.get(token, (now, 0))
            if not timedelta(0) <= now - since < SPAN:
                since, count = now, 0
            self._spent[token] = (since, count + 1)
        return 0 if count < self.most else max(ceil((since + SPAN - now).total_seconds()), 1)
