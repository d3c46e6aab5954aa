"""A worker: a process of its own that does what relay's delivery loop does, until it is stopped or dies."""

import multiprocessing
import os
import signal
import threading
import time
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import posting_client
from relay.pipeline.deliver import deliver
from relay.pipeline.tidy import tidy
from relay.storage.database import open_database
from tests.torture import clock as clocks
from tests.torture.accounts import desk
from tests.torture.plants import PLANTS

REST = 0.01
"""Seconds between two passes."""
PATIENCE = 10.0
"""Seconds that a worker has to end in when it is told to."""

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["__main__", __name__])


@dataclass(frozen=True, slots=True)
class Workplace:
    """The folder with database and clock, the address of the far ends, the bug that is planted, if any."""

    folder: Path
    url: str
    plant: str = ""

    @property
    def database(self) -> str:
        """The address of the database."""
        return str(self.folder / "relay.db")


def work(place: Workplace) -> None:
    """Pass after pass; SIGTERM ends it after the one it is at."""
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wishes, clock, db = desk(place.url), clocks.read(place.folder), open_database(place.database)
    if place.plant:
        PLANTS[place.plant](db)
    with posting_client(Guard(("127.0.0.1",)), None) as http:
        while not told.is_set():
            tidy(db, http, wishes, clock.now())
            deliver(db, http, wishes, clock.now)
            clock.passed()
            time.sleep(REST)
    db.close()


def started(place: Workplace) -> ForkServerProcess:
    """A new one, out of a server that has loaded everything: what is tried is dying, not loading."""
    process = _processes.Process(target=work, args=(place,), daemon=True)
    process.start()
    return process


def send(process: ForkServerProcess, number: signal.Signals) -> None:
    """A signal for one of ours."""
    assert process.pid
    os.kill(process.pid, number)


def ended(process: ForkServerProcess) -> bool:
    """Whether it ends in time, and well, when it is told to."""
    send(process, signal.SIGTERM)
    process.join(PATIENCE)
    return process.exitcode == 0


def killed(processes: list[ForkServerProcess]) -> None:
    """All of them at once, without a word."""
    for process in processes:
        process.kill()
    for process in processes:
        process.join()
