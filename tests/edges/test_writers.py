"""Who writes of one subject writes beside those who write of others, on PostgreSQL; nothing that is written is lost."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from time import monotonic, sleep

import pytest
from sqlalchemy import Connection

from relay.core.polling.pollstate import PollState
from relay.storage import sources
from relay.storage.database import Database, open_database

PATIENT = 15.0
"""Seconds in which all come who need not wait."""


class Writers:
    """As many processes, each of which takes a turn and keeps it until they are told to go."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._threads: list[threading.Thread] = []
        self.may_go = threading.Event()

    def come(self, of: str | None) -> threading.Event:
        """What is set once this one has its turn."""
        has_come = threading.Event()
        self._threads.append(threading.Thread(target=self._write, args=[of, has_come], daemon=True))
        self._threads[-1].start()
        return has_come

    def _write(self, of: str | None, has_come: threading.Event) -> None:
        with closing(open_database(self._address)) as db, db.write(of=of):
            has_come.set()
            self.may_go.wait(4 * PATIENT)  # longer than anybody waits for those who are in nobody's way

    def leave(self) -> None:
        """All of them."""
        self.may_go.set()
        for thread in self._threads:
            thread.join(PATIENT)


@pytest.fixture
def writers(postgresql_address: str) -> Iterator[Writers]:
    """Nobody yet; who comes has left at the end."""
    writers = Writers(postgresql_address)
    yield writers
    writers.leave()


def test_writers_of_two_subjects_are_in_at_once(writers: Writers) -> None:
    assert writers.come("source:a").wait(PATIENT)
    assert writers.come("source:b").wait(PATIENT)


@pytest.mark.parametrize(
    ("former", "later"), [("source:a", "source:a"), (None, "source:a"), ("source:a", None), (None, None)]
)
def test_one_waits_for_another_of_its_subject_and_for_who_names_none(
    pg: Database, writers: Writers, former: str | None, later: str | None
) -> None:
    assert writers.come(former).wait(PATIENT)
    second = writers.come(later)
    wait_for(pg, 1)
    came_too_soon = second.is_set()
    writers.may_go.set()

    assert (came_too_soon, second.wait(PATIENT)) == (False, True)


def test_who_writes_of_anything_comes_before_those_of_subjects_that_ask_later(pg: Database, writers: Writers) -> None:
    """Else many polls, of which some are always at work, would keep the others out for ever."""
    assert writers.come("source:a").wait(PATIENT)
    whole = writers.come(None)
    wait_for(pg, 1)
    late = writers.come("source:b")
    wait_for(pg, 2)

    assert (whole.is_set(), late.is_set()) == (False, False)


def wait_for(db: Database, number: int) -> None:
    """Until so many writers wait for their turn."""
    end = monotonic() + PATIENT
    waiting = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    while monotonic() < end:
        with db.read() as tx:
            if tx.exec_driver_sql(waiting).scalar() == number:
                return
        sleep(0.01)
    pytest.fail(f"no {number} writers wait")


def test_no_write_is_lost_whoever_writes_beside_whom(db: Database) -> None:
    """Each counts up what it reads: of one source, or of all at once."""
    names = ["a", "b", "c"]
    jobs = [*names, *names, None] * 17

    def run(name: str | None) -> None:
        with db.write(of=f"source:{name}" if name else None) as tx:
            for one in [name] if name else names:
                count_up(tx, one)

    with db.write() as tx:
        for name in names:
            sources.save(tx, name, PollState(), None)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, jobs))
    with db.read() as tx:
        counted = {name: sources.state(tx, name).failures for name in names}

    assert counted == {name: jobs.count(name) + jobs.count(None) for name in names}


def count_up(tx: Connection, name: str) -> None:
    state = sources.state(tx, name)
    sources.save(tx, name, replace(state, failures=state.failures + 1), None)


@pytest.mark.parametrize("of", ["source:a", None])
def test_a_write_that_breaks_off_leaves_nothing_and_gives_its_turn_back(db: Database, of: str | None) -> None:
    def break_off() -> None:
        with db.write(of=of) as tx:
            sources.save(tx, "a", PollState(failures=1), None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with db.write(of="source:a") as tx:
        assert sources.state(tx, "a") == PollState()
