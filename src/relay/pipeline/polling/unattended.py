"""Requests that nobody waits for: one thread begins many, looks at what comes, and writes what brings nothing new."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from threading import Lock
from time import monotonic, sleep
from typing import cast

from relay.core.polling.pollstate import PollState
from relay.core.tracing import QUIET
from relay.intake.fetch import question
from relay.intake.wire.exchange import Exchanges, Reply
from relay.pipeline.desk import Desk
from relay.pipeline.polling import glance
from relay.pipeline.polling.asking import Begun, Polled, conditions, is_fresh
from relay.pipeline.polling.quiet import Quiet, written
from relay.pipeline.polling.turns import Asking
from relay.pipeline.reading.reader import Reader
from relay.storage.database import Database

MOST, HEAVIEST = 200, 4 * 1024 * 1024
"""Answers that are written together, and bytes of their bodies."""
HELD = 1.0
"""Seconds for which one waits for others: no longer than its host is left alone."""

MANY, BREATH = 16, 0.05
"""With so many under way it is looked only so often, in seconds, what has come: to wake for each costs most of all."""


@dataclass(frozen=True, eq=False, slots=True)
class Request:
    """One to ``host``, the last of its visit or not; made ``at`` that moment, ``since`` that of ``monotonic``."""

    host: str
    asking: Asking
    is_last: bool
    at: datetime
    since: float


@dataclass(frozen=True, slots=True)
class Ended:
    """How a request to ``host`` ended: what it brought, which is written; or else somebody is to go on with it."""

    host: str
    begun: Begun
    polled: Polled | None = None


class Unattended:
    """So many ``at_once``. Only one thread may use it, but for ``wake``."""

    def __init__(self, db: Database, reader: Reader, desk: Desk, at_once: int) -> None:
        self._db, self._reader, self._desk, self._at_once = db, reader, desk, at_once
        self._made: Exchanges | None = None
        self._closing = Lock()
        self._asked = 0
        self._held: list[tuple[Ended, Quiet]] = []
        self._until, self._size, self._leaving = inf, 0, 0

    @property
    def leaving(self) -> int:
        """How many visits have all their answers, and wait only to be written."""
        return self._leaving

    @property
    def is_idle(self) -> bool:
        """Whether none is under way."""
        return not self._asked and not self._held

    @property
    def is_time(self) -> bool:
        """Whether those that are held are to be ``settled``."""
        is_much = len(self._held) >= MOST or self._size >= HEAVIEST
        return not self._asked or is_much or monotonic() >= self._until

    def begin(self, host: str, asking: Asking, now: datetime, *, is_last: bool) -> bool:
        """Ask, unless that had better be done with care."""
        try:
            return self._takes(asking) and self._begun(Request(host, asking, is_last, now, monotonic()))
        except Exception:  # noqa: BLE001  # it is told of where that is done
            return False

    def _takes(self, asking: Asking) -> bool:
        """It is one exchange, of what was just read, and nobody follows its steps."""
        is_plain = self._reader.asks_plainly(asking.members[0].source, asking.url)
        return is_plain and is_fresh(asking) and self._desk.tracing is QUIET

    def _begun(self, request: Request) -> bool:
        asking, known = request.asking, conditions(request.asking, request.at)
        exchanges = self._exchanges()
        url, headers = question(exchanges.agent, asking.url, asking.members[0].source.id, known)
        exchanges.start(request, url, headers)
        self._asked += 1
        return True

    def ended(self, seconds: float) -> list[Ended]:
        """Those that somebody is to go on with; it waits ``seconds`` at most, and not beyond what ``is_time``."""
        return self._loud(min(seconds, self._until - monotonic()))

    def rest(self) -> Iterator[Ended]:
        """The same of all that are under way, to the last, however long others are held."""
        while self._asked:
            yield from self._loud(HELD)

    def _loud(self, seconds: float) -> list[Ended]:
        if self._asked >= MANY:
            sleep(BREATH)
        found = self._made.done(max(0.0, seconds)) if self._made and self._asked else ()
        self._asked -= len(found)
        return [one for key, said in found if (one := self._heard(cast("Request", key), said))]

    def settled(self) -> list[Ended]:
        """Those that are held, as they are written; they stay so where that fails."""
        held = self._held
        states = written(self._db, self._desk, [quiet for _, quiet in held]) if held else ()
        self._held, self._until, self._size, self._leaving = [], inf, 0, 0
        return [_settled(one, quiet, state) for (one, quiet), state in zip(held, states, strict=True)]

    def wake(self) -> None:
        """Whoever waits in ``ended`` waits no longer; after the end nobody does."""
        with self._closing:
            if self._made:
                self._made.wake()

    def close(self) -> None:
        """What is under way is given up."""
        with self._closing:
            made, self._made = self._made, None
        if made:
            made.close()

    def _exchanges(self) -> Exchanges:
        """Made for the first request: most often nobody is due."""
        self._made = self._made or self._reader.exchanges(self._at_once)
        return self._made

    def _heard(self, request: Request, said: Reply | Exception) -> Ended | None:
        """What somebody is to go on with; ``None``: it is held, to be written."""
        begun = Begun(said, request.at, request.since)
        ended, quiet = Ended(request.host, begun), _seen(request.asking, begun)
        if quiet is None:
            return ended
        self._until = min(self._until, monotonic() + HELD)
        self._held.append((ended, quiet))
        self._size += quiet.heard.lesson.size
        self._leaving += request.is_last
        return None


def _seen(asking: Asking, begun: Begun) -> Quiet | None:
    try:
        return glance.quiet(asking, begun)
    except Exception:  # noqa: BLE001  # it is told of by whoever goes on with it
        return None


def _settled(ended: Ended, quiet: Quiet, state: PollState | None) -> Ended:
    if state is None:
        return Ended(ended.host, replace(ended.begun, is_tried=True))
    return Ended(ended.host, ended.begun, Polled(quiet.member.source.id, state))
