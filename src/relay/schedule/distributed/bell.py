"""A word from any process to whoever leads: look now. It may be lost: whoever leads looks by itself every second."""

import logging
import threading
from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from relay.storage.database import Database

log = logging.getLogger("relay")

CHANNEL = "relay_look"
LISTEN = 1.0
"""Seconds after which it is seen whether anybody still is at the other end, and whether this one is to end."""


def ring(db: Database, loop: str) -> None:
    """Something has just become due in ``loop``."""
    try:
        with db.engine.begin() as tx:
            tx.execute(text("SELECT pg_notify(:channel, :loop)"), {"channel": CHANNEL, "loop": loop})
    except SQLAlchemyError as error:
        log.debug("the %s loop was not woken: %s", loop, error)


class Listener:
    """Calls ``heard`` with each loop that was named, until it is ended."""

    def __init__(self, db: Database, heard: Callable[[str], object]) -> None:
        self._db, self._heard, self._ended = db, heard, threading.Event()
        self._thread = threading.Thread(target=self._listen, name="bell", daemon=True)

    def start(self) -> None:
        """In a thread of its own, which goes with the process."""
        self._thread.start()

    def end(self) -> None:
        """No more is heard, and the connection is given back: an interpreter that ends must not find it in use."""
        self._ended.set()
        self._thread.join(2 * LISTEN)

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                self._hear()
            except Exception as error:  # noqa: BLE001  # whatever it was, the next connection is another
                log.debug("nothing is heard of other processes: %s", error)
                self._ended.wait(1)

    def _hear(self) -> None:
        with self._db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            driver = connection.connection.driver_connection
            assert driver is not None
            while not self._ended.is_set():
                for told in driver.notifies(timeout=LISTEN):
                    self._heard(told.payload)
                    if self._ended.is_set():
                        return
                connection.exec_driver_sql("SELECT 1")
