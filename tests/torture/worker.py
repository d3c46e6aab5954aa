"""A worker: a process of its own that does what relay's delivery loop does, until it is stopped or dies."""

import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import posting_client
from relay.pipeline.deliver import deliver
from relay.pipeline.delivering.inhand import InHand
from relay.pipeline.tidy import tidy
from relay.storage.database import open_database
from tests.fakes.pds import Member
from tests.torture import clock as clocks
from tests.torture.accounts import desk
from tests.torture.plants import PLANTS
from tests.torture.program import Process

REST = 0.01
"""Seconds between two passes."""
PATIENCE = 10.0
"""Seconds that a worker has to end in when it is told to."""

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["__main__", __name__])


@dataclass(frozen=True, slots=True)
class Workplace:
    """The folder with the clock, the address of the far ends, that of the database, and the bug that is planted, if any.

    ``members`` have accounts of Bluesky's own server.
    """

    folder: Path
    url: str
    database: str
    plant: str = ""
    members: tuple[Member, ...] = ()


def work(place: Workplace) -> None:
    """Pass after pass; on SIGTERM it finishes what it has in hand and begins nothing more, as the daemon does."""
    hand = InHand()
    signal.signal(signal.SIGTERM, lambda *_: setattr(hand, "is_over", True))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wishes, clock, db = desk(place.url, place.members), clocks.read(place.folder), open_database(place.database)
    if place.plant:
        PLANTS[place.plant](db)
    harness = multiprocessing.parent_process()
    with posting_client(Guard(("127.0.0.1",)), None) as http:
        while not hand.is_over and harness and harness.is_alive():
            tidy(db, http, wishes, clock.now())
            deliver(db, http, wishes, clock.now, hand)
            clock.passed()
            time.sleep(REST)
    db.close()


def started(place: Workplace) -> ForkServerProcess:
    """A new one, out of a server that has loaded everything: what is tried is dying, not loading."""
    process = _processes.Process(target=work, args=(place,), daemon=True)
    process.start()
    return process


def send(process: Process, number: signal.Signals) -> None:
    """A signal for one of ours."""
    assert process.pid
    os.kill(process.pid, number)


def ended(process: Process) -> bool:
    """Whether it ends in time, and well, when it is told to."""
    send(process, signal.SIGTERM)
    process.join(PATIENCE)
    return process.exitcode == 0


def killed(processes: Sequence[Process]) -> None:
    """All of them at once, without a word."""
    for process in processes:
        process.kill()
    for process in processes:
        process.join()
