"""How much of bodies is in memory at a time: whoever has begun when that is reached goes on, the others wait."""

from dataclasses import dataclass, field
from typing import Protocol

MOST = 64 * 1024 * 1024
"""Bytes as they came, of all answers that have not been handed on; one more answer may be as long as its limit."""
FREE = 256 * 1024
"""Bytes of each body for which there is always room: most have no more, and wait for no long one that stalls."""


class Guest(Protocol):
    """Whoever receives a body."""

    def resume(self) -> None:
        """There may be room again."""


@dataclass(slots=True)
class Room:
    """For the bodies of one thread's exchanges. A body for which there is no room waits where it is, at its sender."""

    held: dict[Guest, int] = field(default_factory=dict)
    total: int = 0
    _first: Guest | None = None
    _waiting: set[Guest] = field(default_factory=set)
    _has_room: bool = False

    def takes(self, guest: Guest, size: int) -> bool:
        """Whether so many bytes more may be kept; if not, ``guest`` is among those ``called`` later."""
        if self.total + size > MOST and self.held.get(guest, 0) + size > FREE:
            self._first = self._first or guest
            if self._first is not guest:
                self._waiting.add(guest)
                return False
        self.held[guest] = self.held.get(guest, 0) + size
        self.total += size
        return True

    def leave(self, guest: Guest) -> None:
        """What it held is handed on, or thrown away."""
        self.total -= self.held.pop(guest, 0)
        self._waiting.discard(guest)
        if self._first is guest:
            self._first = None
        self._has_room = True

    def forget(self, guest: Guest) -> None:
        """It asks for no more, and keeps what it has until it leaves."""
        self._waiting.discard(guest)

    def called(self) -> set[Guest]:
        """Those who may ask again, since somebody has left."""
        if not self._has_room:
            return set()
        self._has_room = False
        waiting, self._waiting = self._waiting, set()
        return waiting
