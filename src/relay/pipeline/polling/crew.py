"""Visits to many hosts at the same time, one to a host.

The thread of the pass makes the requests of all of them. Whatever takes longer than a look at the answer (a document to
read, a redirect, a failure) goes on in a thread of its own, to the end of the visit.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Self

from relay.core.polling.pause import host_of
from relay.pipeline.desk import Desk
from relay.pipeline.polling.asking import Begun, Polled
from relay.pipeline.polling.turns import Asking
from relay.pipeline.polling.unattended import Ended, Unattended
from relay.pipeline.polling.visiting import Visit, visit
from relay.pipeline.reading.reader import Reader
from relay.storage.database import Database

LONG = 60.0
"""Seconds after which it is looked again, whatever there is to wait for."""


@dataclass(eq=False, slots=True, kw_only=True)
class Sent(Visit):
    """What is still to be asked at a host, of which the first is under way, and what it has brought so far."""

    host: str
    askings: list[Asking]
    polled: list[Polled] = field(default_factory=list)
    attended: "Future[None] | None" = None

    @property
    def sources(self) -> frozenset[str]:
        """Those that are asked."""
        return frozenset(member.source.id for asking in self.askings for member in asking.members)


class Crew:
    """So many visits ``at_once`` are under way at most; ``moment`` is what time it is."""

    def __init__(
        self,
        db: Database,
        reader: Reader,
        desk: Desk,
        moment: Callable[[], datetime],
        brought: Callable[[Sequence[Polled]], None],
        at_once: int,
    ) -> None:
        self._db, self._reader, self._desk, self._moment = db, reader, desk, moment
        self._brought, self._at_once = brought, at_once
        self._sent: list[Sent] = []
        self._out: dict[str, Sent] = {}
        self._over: SimpleQueue[Sent] = SimpleQueue()
        self._alone = Unattended(db, reader, desk, at_once)
        self._pool = ThreadPoolExecutor(at_once)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Those who are attended come to their end, for which the turns of all others are given back before."""
        with self._pool, closing(self._alone):
            if error:
                self._stop()
            if isinstance(error, Exception):
                self._come_home()

    def _stop(self) -> None:
        """Nothing more is begun."""
        for one in self._out.values():
            del one.askings[1:]

    def _come_home(self) -> None:
        """What hosts were asked already is not lost, and need not be asked again; of what breaks the first is told."""
        with suppress(Exception):
            self._take(self._alone.rest())
            self._settle()

    def make_room(self) -> None:
        """Until somebody can be sent; a visit that only waits to be written takes no room."""
        while len(self._out) - self._alone.leaving >= self._at_once:
            self._look(LONG)

    def send(self, askings: Sequence[Asking]) -> frozenset[str]:
        """Have one host visited, where nobody is; the sources that are asked there."""
        self.make_room()
        new = Sent(host=host_of(askings[0].url), askings=[*askings])
        self._sent.append(new)
        self._out[new.host] = new
        asked = new.sources
        self._ask(new)
        return asked

    def is_at(self, host: str) -> bool:
        """Whether somebody still is there."""
        return host in self._out

    def away(self) -> tuple[set[str], set[str]]:
        """The hosts where somebody still is, and the sources that are asked there."""
        self._settle()
        return {*self._out}, {id for one in self._out.values() for id in one.sources}

    def is_back(self, seconds: float) -> bool:
        """Whether all visits have ended within so many seconds."""
        end = monotonic() + seconds
        while self._out and (left := end - monotonic()) > 0:
            self._look(left)
        return not self._out

    def brought(self) -> Iterator[Polled]:
        """What all visits have brought, in their order; an exception where one broke off."""
        while not self.is_back(LONG):
            pass
        for one in self._sent:
            if one.attended:
                one.attended.result()
            yield from one.polled

    def _look(self, seconds: float) -> None:
        """What has ended; it waits for the first at most so long."""
        if self._alone.is_idle:
            with suppress(Empty):
                self._leave(self._over.get(timeout=seconds))
        else:
            self._take(self._alone.ended(seconds))
            if self._alone.is_time:
                self._settle()
        while not self._over.empty():
            self._leave(self._over.get())

    def _settle(self) -> None:
        """Write what is held; first of all somebody goes on with what cannot be, whoever does not like to be told."""
        ended = self._alone.settled()
        self._take(one for one in ended if not one.polled)
        found = [(self._out[one.host], one.polled) for one in ended if one.polled]
        if found:
            self._brought([polled for _, polled in found])
        for whose, polled in found:
            whose.polled.append(polled)
            self._next(whose)

    def _take(self, loud: Iterable[Ended]) -> None:
        for one in loud:
            self._attend(self._out[one.host], one.begun)

    def _next(self, whose: Sent) -> None:
        del whose.askings[0]
        if whose.askings and not whose.is_over:
            self._ask(whose)
        else:
            self._leave(whose)

    def _ask(self, whose: Sent) -> None:
        first, *others = whose.askings
        if not self._alone.begin(whose.host, first, self._moment(), is_last=not others):
            self._attend(whose, None)

    def _attend(self, whose: Sent, begun: Begun | None) -> None:
        whose.begun = begun
        whose.attended = self._pool.submit(self._attended, whose)
        whose.attended.add_done_callback(lambda _: self._end(whose))

    def _attended(self, whose: Sent) -> None:
        """In a thread of its own."""
        for some in visit(self._db, self._reader, self._desk, whose, self._moment):
            whose.polled += some
            self._brought(some)

    def _end(self, whose: Sent) -> None:
        self._over.put(whose)
        self._alone.wake()

    def _leave(self, whose: Sent) -> None:
        """Nobody is there any more, and of what is known of its sources nothing is kept."""
        del self._out[whose.host]
        whose.askings.clear()
