"""Turns: one request at a time to a host, a second apart, and not too many to the world at once."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from queue import SimpleQueue
from time import monotonic, sleep
from typing import Protocol

KEPT = 10_000
"""Hosts whose last turn is remembered before those long past are forgotten."""


class Taking(Protocol):
    """Who gives turns: to the threads of one process, or to many processes."""

    def take(self, host: str) -> Callable[[], None]:
        """Wait for the turn of this request; what is returned ends it, and may be called again."""


class Standing(Protocol):
    """Who gives turns for which nobody waits."""

    def stand(self, host: str, called: Callable[[float], None]) -> Callable[[], None]:
        """As ``Turns`` has it."""


class Taken:
    """Whoever asks has had their turn already."""

    def stand(self, host: str, called: Callable[[float], None]) -> Callable[[], None]:  # noqa: ARG002  # it is any host's
        """As ``Turns`` has it."""
        called(0.0)
        return lambda: None


@dataclass(slots=True)
class _Host:
    """Those in line, of whom the first has the turn."""

    line: deque[Callable[[float], None]] = field(default_factory=deque)
    free_at: float = 0.0


class Turns:
    """Who may ask now, of one process. ``gap``: seconds from the end of one request to a host to the start of its next.

    ``per_second``: how many requests may start in a second, to whichever hosts.
    """

    def __init__(self, gap: float = 1.0, per_second: float = 200.0, sleep: Callable[[float], None] = sleep) -> None:
        self._gap, self._spacing, self._sleep = gap, 1 / per_second, sleep
        self._hosts: dict[str, _Host] = {}
        self._given: set[int] = set()
        self._lock = threading.Lock()

    def take(self, host: str) -> Callable[[], None]:
        """Wait for the turn of this request; what is returned ends it, and may be called again."""
        told: SimpleQueue[float] = SimpleQueue()
        end = self.stand(host, told.put)
        try:
            if (wait := told.get() - monotonic()) > 0:
                self._sleep(wait)
        except BaseException:
            end()
            raise
        return end

    def stand(self, host: str, called: Callable[[float], None]) -> Callable[[], None]:
        """Stand in line without waiting; what is returned ends the turn, or leaves the line, and may be called again.

        Whoever has the turn is ``called`` with the instant (``time.monotonic``) from which it may ask: at once, or by
        the thread that ends the turn before. The same function stands in line once.
        """
        with self._lock:
            own = self._host(host)
            own.line.append(called)
            at = self._instant(own) if len(own.line) == 1 else None
        if at is not None:
            called(at)
        return partial(self._end, own, called)

    def _end(self, own: _Host, called: Callable[[float], None]) -> None:
        with self._lock:
            if called not in own.line:
                return
            has_turn = own.line[0] is called
            own.line.remove(called)
            if has_turn:
                own.free_at = monotonic() + self._gap
            following = own.line[0] if has_turn and own.line else None
            at = self._instant(own) if following else 0.0
        if following:
            following(at)

    def _host(self, name: str) -> _Host:
        if len(self._hosts) > KEPT:
            now = monotonic()
            self._hosts = {key: host for key, host in self._hosts.items() if host.line or host.free_at > now}
        return self._hosts.setdefault(name, _Host())

    def _instant(self, own: _Host) -> float:
        """When whoever has the turn may ask: the first place among all, from when the host is free.

        Places are given, not counted on from the last: who may ask now does not wait for a host that is free later.
        """
        now = monotonic()
        free_at = max(now, own.free_at)
        if not self._spacing:
            return free_at
        place = ceil(free_at / self._spacing)
        while place in self._given:
            place += 1
        self._given.add(place)
        if len(self._given) > KEPT:
            self._given = {one for one in self._given if one * self._spacing > now}
        return place * self._spacing
