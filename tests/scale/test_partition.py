"""A process that is cut off without a word holds up everybody's writing once, however many in it were about to write."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL, text
from sqlalchemy.exc import SQLAlchemyError

from relay.storage import postgresql
from relay.storage.database import Database, open_database
from tests.scale import database as servers
from tests.scale import proxy
from tests.scale.conftest import made
from tests.scale.proxy import Proxy

IDLE = 1
"""Seconds after which a writer that says nothing loses its turn, here."""
WRITERS = 6


@dataclass(slots=True)
class Cut:
    """``beside`` is what another process has; ``written`` grows while the one behind the proxy writes."""

    beside: Database
    doors: Proxy
    written: list[float]


@pytest.fixture
def cut(postgresql_made: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cut]:
    monkeypatch.setattr(postgresql, "IDLE_SECONDS", IDLE)
    server = servers.at(made(postgresql_made, f"cut_{tmp_path.name}"))
    with proxy.standing(["one"], server.socket) as doors:
        address = f"postgresql://postgres@127.0.0.1:{doors.ports['one']}/{server.name}"
        behind, beside = open_database(address), open_database(server.address)
        found, is_over = Cut(beside, doors, []), threading.Event()
        threads = [threading.Thread(target=_write, args=(behind, found, is_over)) for _ in range(WRITERS)]
        for one in threads:
            one.start()
        yield found
        is_over.set()
        doors.put("one", "cut")
        for one in threads:
            one.join()
        behind.close()
        beside.close()


def _write(db: Database, found: Cut, is_over: threading.Event) -> None:
    while not is_over.is_set():
        with suppress(SQLAlchemyError), db.write() as tx:
            tx.execute(text("SELECT 1"))
            found.written.append(time.monotonic())


def test_others_wait_for_one_writer_of_it_and_not_for_all(cut: Cut) -> None:
    while len(cut.written) < 5 * WRITERS:
        time.sleep(0.01)
    cut.doors.put("one", "stalled")
    began = time.monotonic()
    while time.monotonic() < began + 3 * IDLE:
        with cut.beside.write() as tx:
            tx.execute(text("SELECT 1"))
    assert began + 3 * IDLE <= time.monotonic() < began + 4 * IDLE
    assert max(cut.written) < began + 1
