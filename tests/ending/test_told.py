"""The daemon ends in time, in order and without a row that says it is still sending, whatever it is at."""

import signal
import sqlite3
import time
from pathlib import Path
from random import Random

import pytest

from tests.ending import crowd
from tests.ending.far import ACCOUNTS, Far, listening
from tests.ending.site import Site
from tests.ending.told import HASTE, Plan, daemon, run
from tests.real.ports import free_port


def test_the_whole_daemon_ends_in_time_and_leaves_nothing_behind_as_being_sent(tmp_path: Path) -> None:
    report = run(Plan(times=5, seed=4, twice=0.6, hangs=0, slow=(0.5, 2)), tmp_path)

    assert report.holds, report
    assert sum(report.flying) >= 5 * (len(ACCOUNTS) - 1)
    assert report.again
    assert report.polls >= 5
    assert report.settled.posts == 5 * 2 * len(ACCOUNTS)


@pytest.mark.parametrize("plant", ["cut"])
def test_a_planted_bug_is_found(plant: str, tmp_path: Path) -> None:
    report = run(Plan(times=1, seed=1, twice=1, hangs=0, plant=plant, slow=(0, 0)), tmp_path)

    assert report.cut > 0
    assert not report.holds


@pytest.fixture
def place(tmp_path: Path) -> Site:
    """A service that has no database yet."""
    with listening(Far(Random(0))) as wire:  # noqa: S311  # chance, and no secret
        url = wire.url
    found = Site(tmp_path, free_port(), url)
    found.write()
    return found


def ended(place: Site, number: signal.Signals, after: float) -> tuple[int, float]:
    """How a daemon ends that is told to so many seconds after its code has begun to run, and how long that takes."""
    with daemon(
        place, f"import relay.schedule.ending as e; e.suddenly(); open({str(place.folder / 'up')!r}, 'w')"
    ) as one:
        while not (place.folder / "up").exists():
            time.sleep(0.005)
        time.sleep(after)
        one.send_signal(number)
        began = time.monotonic()
        code = one.wait(20)
    (place.folder / "up").unlink()
    return code, time.monotonic() - began


def test_it_ends_at_once_while_it_starts_and_makes_its_database(place: Site) -> None:
    ends = [ended(place, signal.SIGTERM, 0.1), ended(place, signal.SIGINT, 0.5)]

    assert {code for code, _ in ends} == {0}
    assert max(took for _, took in ends) < HASTE
    with daemon(place):
        assert crowd.wait_for(place.port), "the next start works"
    assert sqlite3.connect(place.database).execute("PRAGMA quick_check").fetchall() == [("ok",)]


def test_it_ends_at_once_while_somebody_else_keeps_the_database(place: Site) -> None:
    """A copy, a command: a start waits half a minute for its turn, and the end does not."""
    other = sqlite3.connect(place.database, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")
    code, took = ended(place, signal.SIGTERM, 1.5)
    other.close()

    assert (code, took < HASTE) == (0, True)
