"""Many exchanges at once over libcurl, driven by whoever asks for them: none has a thread."""

from collections import deque
from collections.abc import Callable, Hashable
from contextlib import ExitStack
from math import inf
from time import monotonic

from relay.intake.wire.address import WebAddress
from relay.intake.wire.curl.course import Course
from relay.intake.wire.curl.means import Manner, Means
from relay.intake.wire.exchange import Ended, Headers, Reply
from relay.intake.wire.pace import Standing

MOST = 16 * 1024 * 1024
"""Bytes of bodies after which one call of ``done`` inflates no other, and hands it on: the next one does."""
AWAY = 1.0
"""Seconds after which the time between two calls of ``done`` counts for nobody's deadline."""


class OverMulti:
    """``Exchanges`` by ``means`` that nobody else uses meanwhile; ``closed`` is called at the end."""

    def __init__(self, agent: str, means: Means, manner: Manner, turns: Standing, closed: Callable[[], None]) -> None:
        self.agent, self._means, self._manner, self._turns = agent, means, manner, turns
        self._under_way: dict[Course, Hashable] = {}
        self._over: deque[Course] = deque()
        self._is_woken = False
        self._left_at = monotonic()
        self._end = ExitStack()
        self._end.callback(closed)

    def start(self, key: Hashable, url: WebAddress, headers: Headers, left: float = inf) -> None:
        """As ``Exchanges`` has it."""
        new = Course(self._means, self._manner, url, headers, left, self._over.append)
        self._under_way[new] = key
        new.leave = self._turns.stand(url.place, new.called)

    def done(self, seconds: float) -> list[Ended]:
        """As ``Exchanges`` has it."""
        self._come_back()
        until = monotonic() + seconds
        while self._under_way:
            is_enough = self._over or self._is_woken
            self._means.go_on(0.0 if is_enough else max(0.0, until - monotonic()))
            if self._over or self._is_woken or monotonic() >= until:
                break
        self._is_woken = False
        found = self._handed()
        self._left_at = monotonic()
        return found

    def _come_back(self) -> None:
        if (away := monotonic() - self._left_at) > AWAY:
            for one in self._under_way:
                one.put_off(away)

    def _handed(self) -> list[Ended]:
        found: list[Ended] = []
        size = 0
        while self._over and size < MOST:
            one = self._over.popleft()
            said = one.result()
            found.append((self._under_way.pop(one), said))
            size += len(said.body) if isinstance(said, Reply) else 0
        return found

    def wake(self) -> None:
        """As ``Exchanges`` has it."""
        self._means.multi.tell(self._wake)

    def _wake(self) -> None:
        self._is_woken = True

    def close(self) -> None:
        """As ``Exchanges`` has it; what it was made with can be used by others. The second time it does nothing."""
        for one in self._under_way:
            self._end.callback(one.give_up)
        self._under_way.clear()
        self._over.clear()
        self._end.close()  # each is called, whatever another raises
