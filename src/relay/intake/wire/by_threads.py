"""Many exchanges at once over whatever makes them one by one: each has a thread of its own while it lasts."""

from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from math import inf
from queue import Empty, SimpleQueue

from relay.intake.wire.address import WebAddress
from relay.intake.wire.exchange import Ended, Getting, Headers, Reply


class ByThreads:
    """``Exchanges`` of ``way``: for tests that answer themselves, and for turns for which only a thread can wait."""

    def __init__(self, way: Getting, at_once: int = 128) -> None:
        self.way = way
        self._pool = ThreadPoolExecutor(at_once, "relay-exchange")
        self._under_way = 0
        self._ended: SimpleQueue[Ended | None] = SimpleQueue()

    @property
    def agent(self) -> str:
        """As ``Getting`` has it."""
        return self.way.agent

    def start(self, key: Hashable, url: WebAddress, headers: Headers, left: float = inf) -> None:
        """As ``Exchanges`` has it; it begins once a thread is free."""
        self._under_way += 1
        self._pool.submit(self._get, key, url, headers, left)

    def _get(self, key: Hashable, url: WebAddress, headers: Headers, left: float) -> None:
        found: Reply | Exception
        try:
            found = self.way.get(url, headers, left)
        except Exception as error:  # noqa: BLE001  # whoever asked for it judges it
            found = error
        self._ended.put((key, found))

    def done(self, seconds: float) -> list[Ended]:
        """As ``Exchanges`` has it."""
        found = [self._next(seconds)] if self._under_way else []
        while not self._ended.empty():
            found.append(self._next(0))
        ended = [one for one in found if one]
        self._under_way -= len(ended)
        return ended

    def _next(self, seconds: float) -> Ended | None:
        try:
            return self._ended.get(timeout=seconds)
        except Empty:
            return None

    def wake(self) -> None:
        """As ``Exchanges`` has it."""
        self._ended.put(None)

    def close(self) -> None:
        """Wait for those that have begun; the others never do."""
        self._pool.shutdown(cancel_futures=True)
