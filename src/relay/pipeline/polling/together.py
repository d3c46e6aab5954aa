"""Turns where many processes ask: a host has one request at a time, of all of them, each a second after the last."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from time import monotonic, sleep

from sqlalchemy.exc import SQLAlchemyError

from relay.intake.wire.pace import Taking
from relay.storage import turns
from relay.storage.database import Database
from relay.storage.turns import Turn

log = logging.getLogger("relay")

LASTING = timedelta(seconds=20)
"""Of a turn that nobody ends: whoever has it has died, or was stopped, and the host waits no longer for them.

A request that takes longer keeps no other process from the host any more.
"""
GAP = timedelta(seconds=1)
LOOK = timedelta(seconds=0.5)
"""How often it is looked whether a turn has ended before its time."""
SWEPT = 10_000
"""Turns after which those are forgotten that ended long ago."""


class Together:
    """The turns of ``own`` threads, each of which then waits for its host's row: a statement before, one after."""

    def __init__(self, db: Database, own: Taking, gap: timedelta = GAP, lasting: timedelta = LASTING) -> None:
        self._db, self._own, self._gap, self._lasting = db, own, gap, lasting
        self._numbers = count(1)

    def take(self, host: str) -> Callable[[], None]:
        """Wait for the turn of this request; what is returned ends it, and may be called again."""
        let_go = self._own.take(host)
        try:
            turn = self._taken(host)
        except BaseException:
            let_go()
            raise
        first = threading.Lock()

        def end() -> None:
            if first.acquire(blocking=False):
                self._end(turn)
            let_go()

        return end

    def _taken(self, host: str) -> Turn:
        """Whoever was stopped meanwhile, and wakes when the turn is over, waits for another."""
        if next(self._numbers) % SWEPT == 0:
            turns.forget(self._db)
        while True:
            began = monotonic()
            found = turns.take(self._db, host, self._lasting)
            if isinstance(found, timedelta):
                sleep(min(max(found, timedelta()), LOOK).total_seconds())
            elif monotonic() - began < self._lasting.total_seconds() / 2:
                return found

    def _end(self, turn: Turn) -> None:
        """What came of the request is not lost with the database: the turn is over by itself."""
        try:
            turns.end(self._db, turn, self._gap)
        except SQLAlchemyError as error:
            log.info("the turn of %s could not be ended, and runs out by itself: %s", turn.host, error)
