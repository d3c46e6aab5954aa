"""Who leads: a lease that is renewed again and again, and believed only for as long as it surely runs."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from time import monotonic

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from relay.storage import leases, workers
from relay.storage.database import Database
from relay.storage.leases import Lease
from relay.storage.workers import Worker

log = logging.getLogger("relay")

NAME = "leader"
TTL = timedelta(seconds=15)
"""How long a lease runs, and after which a worker that says nothing is held for dead."""
LOOK = timedelta(seconds=3)
"""How often it is renewed, and others try to have it."""
MARGIN = timedelta(seconds=2)
"""Before its end it is believed no more: what was begun by then has this long until another leads."""


@dataclass(frozen=True, slots=True)
class Held:
    """``until`` is by the clock of this process that only goes forward, counted from before the lease was asked for."""

    lease: Lease
    until: float


class Lead:
    """Keeps this worker's row, and the lease if it can be had.

    ``doing`` says what is written beside this worker; ``taken`` is called whenever it begins to lead.
    """

    def __init__(self, db: Database, worker: Worker, doing: Callable[[], str], taken: Callable[[], object]) -> None:
        self._db, self._worker, self._doing, self._taken = db, worker, doing, taken
        self._held: Held | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="lead", daemon=True)

    @property
    def is_ours(self) -> bool:
        """Whether this worker surely leads at this moment, also after the process was stopped for a while."""
        held = self._held
        return held is not None and monotonic() < held.until and not self._ended.is_set()

    def start(self) -> None:
        """In a thread of its own, which goes with the process."""
        self._thread.start()

    def end(self) -> None:
        """Lead no more, and say so: another leads at its next look."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(1)
        held, self._held = self._held, None
        try:
            with leases.brief(self._db) as tx:
                if held:
                    leases.release(tx, held.lease)
                workers.leave(tx, self._worker.id)
        except SQLAlchemyError as error:
            log.info("the lease is left to run out: %s", error)

    def _keep(self) -> None:
        while not self._ended.is_set():
            try:
                self.look()
            except SQLAlchemyError as error:
                log.debug("the lease could not be looked at: %s", error)
            except Exception:  # whatever it was: a worker that looks no more would seem to be dead
                log.exception("the lease could not be looked at; it is tried again in a moment")
            self._ended.wait(LOOK.total_seconds())

    def look(self) -> None:
        """Say that this worker lives, and have the lease, or see that somebody else has it."""
        began, before = monotonic(), self._held
        with leases.brief(self._db) as tx:
            workers.beat(tx, replace(self._worker, doing=self._doing()))
            lease = self._asked(tx, before.lease if before else None)
            if lease:
                workers.sweep(tx)
        if self._ended.is_set():
            return
        self._held = Held(lease, began + (TTL - MARGIN).total_seconds()) if lease else None
        if before and lease is None:
            log.warning("another worker leads: this one was not heard of in time")
        if lease and (before is None or before.lease != lease):
            log.info("this worker leads, in term %d", lease.term)
            self._taken()

    def _asked(self, tx: Connection, held: Lease | None) -> Lease | None:
        if held and leases.renew(tx, held, TTL):
            return held
        return leases.take(tx, NAME, self._worker.id, TTL)
