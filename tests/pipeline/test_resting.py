"""Loops rest while nobody writes into the database, and wake once somebody does, or once something falls due."""

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from relay.core.polling.pollstate import PollState
from relay.pipeline import resting
from relay.pipeline.beating import beat
from relay.pipeline.delivering.inhand import InHand
from relay.schedule.embedded import Embedded
from relay.schedule.jobs import Job
from relay.storage import probing, rows
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from relay.storage.tables.intake import sources
from tests.edges.rows import add_entry, hold

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def database(folder: Path) -> Database:
    db = open_database(str(folder / "relay.db"))
    migrate(db)
    return db


def test_a_write_is_seen_and_a_read_is_none(tmp_path: Path) -> None:
    db = database(tmp_path)
    before = db.version()
    with db.read() as tx:
        list(tx.execute(sources.select()))
    assert db.version() == before

    _due(db, "cget", NOW)

    assert db.version() != before


def test_a_write_of_another_process_is_seen(tmp_path: Path) -> None:
    db, other = database(tmp_path), open_database(str(tmp_path / "relay.db"))
    before = db.version()

    _due(other, "cget", NOW)

    assert db.version() != before


def test_a_loop_that_says_it_lives_wakes_nobody(tmp_path: Path) -> None:
    db = database(tmp_path)
    before = db.version()
    beat(db, "poll", NOW)
    probing.write_row(db)
    assert db.version() == before

    _due(db, "cget", NOW)

    assert db.version() != before


def test_what_is_committed_while_a_loop_waits_to_say_that_it_lives_is_seen(tmp_path: Path) -> None:
    db = database(tmp_path)
    before, beating = db.version(), threading.Thread(target=beat, args=[db, "poll", NOW])
    with db.write() as tx:
        beating.start()
        time.sleep(0.2)
        tx.execute(insert(sources).values(id="cget", due=NOW, state=rows.dump(PollState(due=NOW))))
    beating.join()

    assert db.version() != before


def test_a_job_rests_until_somebody_writes() -> None:
    version, ran = [1], threading.Semaphore(0)
    job = Job("receive", timedelta(seconds=0.05), ran.release, lambda: timedelta(minutes=1))
    loops = Embedded([job], version=lambda: version[0])
    loops.start()
    assert ran.acquire(timeout=5)
    time.sleep(0.3)
    while ran.acquire(blocking=False):  # a tick may have come with the first run
        pass
    time.sleep(0.4)
    assert not ran.acquire(blocking=False)

    version[0] = 2

    assert ran.acquire(timeout=5)
    assert loops.stop(5)


def test_where_nobody_can_say_no_job_rests() -> None:
    ran = threading.Semaphore(0)
    loops = Embedded([Job("receive", timedelta(seconds=0.02), ran.release, lambda: timedelta(minutes=1))])
    loops.start()
    assert all(ran.acquire(timeout=5) for _ in range(4))
    assert loops.stop(5)


def test_polls_rest_until_the_next_source_is_due(tmp_path: Path) -> None:
    db = database(tmp_path)
    assert resting.of_polls(db, NOW) == resting.LONGEST
    _due(db, "later", NOW + timedelta(seconds=3))
    assert resting.of_polls(db, NOW) == timedelta(seconds=3)
    _due(db, "late", NOW - timedelta(hours=1))
    assert resting.of_polls(db, NOW) == timedelta(0)


def test_pictures_rest_until_an_entry_has_been_held_long_enough(tmp_path: Path) -> None:
    db = database(tmp_path)
    assert resting.of_pictures(db, NOW) == resting.LONGEST
    with db.write() as tx:
        hold(tx, add_entry(tx, "held"), NOW + timedelta(seconds=4))
        hold(tx, add_entry(tx, "out"), NOW - timedelta(seconds=4))
    assert resting.of_pictures(db, NOW) == timedelta(seconds=4)


def test_deliveries_do_not_rest_while_an_outcome_is_to_be_stored(tmp_path: Path) -> None:
    db, hand = database(tmp_path), InHand()
    assert resting.of_deliveries(db, hand, NOW) == resting.LONGEST
    hand.owed[1, 1] = lambda: None
    assert resting.of_deliveries(db, hand, NOW) == timedelta(0)


def _due(db: Database, id: str, at: datetime) -> None:
    with db.write() as tx:
        tx.execute(insert(sources).values(id=id, due=at, state=rows.dump(PollState(due=at))))
