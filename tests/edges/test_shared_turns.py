"""Turns of many processes: one request at a time to a host, a while after the last, and none waits for the dead."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy.exc import OperationalError

from relay import building
from relay.intake.wire.pace import Turns
from relay.pipeline.polling import together
from relay.pipeline.polling.together import Together
from relay.storage import turns
from relay.storage.database import Database, open_database
from relay.storage.turns import Turn
from relay.wiring import build
from tests.workers.place import placed

GAP = timedelta(seconds=0.2)
LONG = timedelta(seconds=20)


@pytest.fixture
def processes(postgresql_address: str) -> Iterator[tuple[Database, Database]]:
    """What two of them have of one database."""
    two = open_database(postgresql_address), open_database(postgresql_address)
    yield two
    for db in two:
        db.close()


def pace(db: Database, lasting: timedelta = LONG) -> Together:
    return Together(db, Turns(gap=0, per_second=1e6), GAP, lasting)


def test_requests_of_two_processes_to_a_host_are_apart(processes: tuple[Database, Database]) -> None:
    paces = [pace(db) for db in processes]
    asked: list[tuple[float, float]] = []

    def ask(number: int) -> None:
        end = paces[number % 2].take("agence.test")
        began = monotonic()
        sleep(0.05)
        asked.append((began, monotonic()))
        end()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(ask, range(6)))
    gaps = [later[0] - former[1] for former, later in pairwise(sorted(asked))]

    assert len(asked) == 6
    assert min(gaps) >= GAP.total_seconds()


def test_hosts_do_not_wait_for_one_another(processes: tuple[Database, Database]) -> None:
    first, second = (pace(db) for db in processes)
    end = first.take("agence.test")
    began = monotonic()
    second.take("autre.test")()
    waited = monotonic() - began
    end()

    assert waited < 5


def test_a_host_waits_for_one_that_died_as_long_as_a_turn_lasts(processes: tuple[Database, Database]) -> None:
    died, lives = (pace(db, timedelta(seconds=0.6)) for db in processes)
    began = monotonic()
    died.take("agence.test")
    lives.take("agence.test")()

    assert 0.55 <= monotonic() - began < 10


def test_the_end_of_a_turn_that_was_over_ends_no_other(processes: tuple[Database, Database]) -> None:
    """One that was stopped wakes up, and has its answer at last."""
    stopped, lives = processes
    old = turns.take(stopped, "agence.test", timedelta())
    new = turns.take(lives, "agence.test", LONG)
    assert isinstance(old, Turn)
    turns.end(stopped, old, timedelta())

    assert isinstance(new, Turn)
    assert isinstance(turns.take(stopped, "agence.test", LONG), timedelta)


def test_one_that_wakes_when_its_turn_is_over_takes_another(
    processes: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped between the row and the request: it must not ask in the turn of another."""
    times = iter([0.0, 100.0])
    monkeypatch.setattr(together, "monotonic", lambda: next(times, 200.0))
    began = monotonic()
    pace(processes[0], timedelta(seconds=0.6)).take("agence.test")()

    assert monotonic() - began >= 0.55


def test_a_database_that_fails_lets_go_of_the_turn_among_threads(processes: tuple[Database, Database]) -> None:
    own = Turns(gap=0, per_second=1e6)
    broken = open_database("postgresql://nobody:x@127.0.0.1:1/none")
    with pytest.raises(Exception, match="refused"):
        Together(broken, own).take("agence.test")
    taken = threading.Thread(target=own.take, args=["agence.test"], daemon=True)
    taken.start()
    taken.join(10)

    assert not taken.is_alive()


def test_hosts_long_past_are_forgotten(processes: tuple[Database, Database]) -> None:
    db = processes[0]
    old = turns.take(db, "ancien.test", -timedelta(hours=3))
    recent = turns.take(db, "recent.test", LONG)
    turns.forget(db)

    assert isinstance(old, Turn)
    assert isinstance(recent, Turn)
    assert isinstance(turns.take(db, "recent.test", LONG), timedelta)
    with db.engine.connect() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM turns").scalar() == 1


def test_a_turn_is_ended_once_and_one_that_cannot_be_runs_out(
    processes: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came of the request is not lost with the database; and a second end gives no gap anew."""
    ended: list[str] = []

    def fails(_: Database, turn: Turn, __: timedelta) -> None:
        ended.append(turn.host)
        raise OperationalError("", {}, Exception("gone"))

    monkeypatch.setattr(turns, "end", fails)
    end = pace(processes[0]).take("agence.test")
    end()
    end()

    assert ended == ["agence.test"]


def test_workers_take_these_turns_and_leave_a_second(
    postgresql_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Database] = []

    def noted(db: Database, own: Turns) -> Together:
        taken.append(db)
        return Together(db, own)

    monkeypatch.setattr(building, "Together", noted)
    with placed(tmp_path, postgresql_address) as place, build(place.configuration()) as relay:
        assert taken == [relay.db]
    assert timedelta(seconds=1) == together.GAP
