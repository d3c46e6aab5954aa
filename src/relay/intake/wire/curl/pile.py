"""Means that are free: they keep connections, and all the authorities that are believed (0.85 MB)."""

from dataclasses import dataclass, field
from threading import Lock

from relay.intake.wire.curl.means import Means

SPARE = 2
"""Those that are kept for later, however many were needed at once: of a pass, and of another at the same time."""


@dataclass(slots=True)
class Pile:
    """Last in, first out. Threads may share it."""

    _free: list[Means] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _is_closed: bool = False

    def take(self) -> Means:
        """The last that were given back, or new ones."""
        with self._lock:
            return self._free.pop() if self._free else Means()

    def give(self, means: Means) -> None:
        """They are free again."""
        with self._lock:
            is_kept = len(self._free) < SPARE and not self._is_closed
            if is_kept:
                self._free.append(means)
        if not is_kept:
            means.close()

    def close(self) -> None:
        """Those that are free; the others are closed as they are given back."""
        with self._lock:
            free, self._free, self._is_closed = self._free, [], True
        for means in free:
            means.close()
