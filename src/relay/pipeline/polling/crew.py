"""Visits to many hosts at the same time: one to a host, and no more that wait for their turn than soon have it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Semaphore

from relay.core.polling.pause import host_of
from relay.pipeline.polling.asking import Polled
from relay.pipeline.polling.turns import Asking

READY = 64
"""Visits that wait for a place: what is read of their sources is still true when they begin."""


@dataclass(frozen=True, slots=True)
class _Visit:
    host: str
    sources: frozenset[str]
    brings: "Future[list[Polled]]"


class Crew:
    """``visited`` is one visit; the ``pool`` has ``at_once`` threads for them."""

    def __init__(
        self, pool: ThreadPoolExecutor, at_once: int, visited: Callable[[Sequence[Asking]], list[Polled]]
    ) -> None:
        self._pool, self._visited, self._room = pool, visited, Semaphore(at_once + READY)
        self._visits: list[_Visit] = []

    def send(self, askings: Sequence[Asking]) -> frozenset[str]:
        """Have one host visited, once there is room for it; the sources that are asked there."""
        self._room.acquire()
        brings = self._pool.submit(self._visited, askings)
        brings.add_done_callback(lambda _: self._room.release())
        sources = frozenset(member.source.id for asking in askings for member in asking.members)
        self._visits.append(_Visit(host_of(askings[0].url), sources, brings))
        return sources

    def away(self) -> tuple[set[str], set[str]]:
        """The hosts where somebody still is, and the sources that are asked there."""
        under_way = [one for one in self._visits if not one.brings.done()]
        return {one.host for one in under_way}, {id for one in under_way for id in one.sources}

    def is_back(self, seconds: float) -> bool:
        """Whether all visits have ended within so many seconds."""
        return not wait([one.brings for one in self._visits], seconds).not_done

    def brought(self) -> Iterator[Polled]:
        """What all visits have brought, in their order; an exception where one broke off."""
        for one in self._visits:
            yield from one.brings.result()
