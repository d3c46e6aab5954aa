"""Easy handles that are free: each keeps some connections, and all the authorities that it believes (0.85 MB)."""

from dataclasses import dataclass, field
from threading import Lock

from relay.intake.wire.curl.handle import KEPT, Handle
from relay.intake.wire.guard import Guard

SPARE = 16
"""Handles that are kept for later, however many were needed at once."""


@dataclass(slots=True)
class Kept:
    """A handle, and the origins that it was last connected to."""

    handle: Handle
    origins: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Handles:
    """Last in, first out: few are kept warm. Threads may share it."""

    guard: Guard
    _free: list[Kept] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _is_closed: bool = False

    def take(self, origin: str) -> Kept:
        """One that may be connected to ``origin`` still; else the last that was given back, or a new one."""
        with self._lock:
            for place in range(len(self._free) - 1, -1, -1):
                if origin in self._free[place].origins:
                    return self._free.pop(place)
            if self._free:
                return self._free.pop()
        return Kept(Handle(self.guard))

    def give(self, kept: Kept, origin: str) -> None:
        """It is free again."""
        kept.origins = [origin, *(one for one in kept.origins if one != origin)][:KEPT]
        with self._lock:
            if len(self._free) < SPARE and not self._is_closed:
                self._free.append(kept)
                return
        kept.handle.close()

    def close(self) -> None:
        """Those that are free; the others are closed as they are given back."""
        with self._lock:
            free, self._free, self._is_closed = self._free, [], True
        for kept in free:
            kept.handle.close()
