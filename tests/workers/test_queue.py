"""What is handed out: a host once, however long nobody looked; and what becomes of the jobs of a worker that is gone."""

import asyncio
import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import text

from relay.schedule.distributed import queue
from relay.schedule.distributed.schema import bring_up
from relay.schedule.distributed.shift import Shift, forget_stalled
from relay.storage.database import Database, open_database

HOSTS = [(f"h{n}.example", (f"s{n}",)) for n in range(1000)]


@pytest.fixture
def db(postgresql_address: str) -> Iterator[Database]:
    db = open_database(postgresql_address)
    bring_up(db, "1")
    yield db
    db.close()


def _jobs(db: Database) -> int:
    with db.read() as tx:
        found = tx.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one()
        assert found == tx.execute(text("SELECT count(DISTINCT queueing_lock) FROM procrastinate_jobs")).scalar_one()
        return int(found)


def test_after_a_month_asleep_each_host_is_handed_out_once(db: Database) -> None:
    """A tick for each second that was missed would be 2,592,000 times as many."""
    handed_out = [queue.visits(db, HOSTS) for _ in range(5)]
    assert handed_out == [queue.MOST, 0, 0, 0, 0]
    assert _jobs(db) == queue.MOST
    with db.engine.begin() as tx:
        tx.execute(text("DELETE FROM procrastinate_jobs"))
    left = HOSTS[queue.MOST :]
    assert queue.visits(db, left) == len(left)
    assert _jobs(db) == len(left)


def test_what_is_under_way_is_not_handed_out_again(db: Database) -> None:
    queue.visits(db, HOSTS[:2])
    with db.engine.begin() as tx:
        tx.execute(text("UPDATE procrastinate_jobs SET status = 'doing' WHERE lock = 'poll:h0.example'"))
    assert queue.visits(db, HOSTS[:3]) == 1
    assert queue.deliveries(db, ["masto"]) == 1
    assert queue.deliveries(db, ["masto"]) == 0
    assert _jobs(db) == 4


def _fetched(app: App, worker: int) -> Job:
    job = asyncio.run(_with(app, lambda: app.job_manager.fetch_job(queues=[queue.POLL], worker_id=worker)))
    assert isinstance(job, Job)
    return job


async def _with(app: App, do: object) -> object:
    async with app.open_async():
        return await do()  # type: ignore[operator]


def test_a_job_of_a_dead_worker_is_anothers_and_its_late_end_changes_nothing(db: Database) -> None:
    app = queue.app(db.engine, print, print)
    with db.engine.begin() as tx:
        for seconds in (60, 0):
            tx.execute(
                text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => :s))"),
                {"s": seconds},
            )
    queue.visits(db, HOSTS[:1])
    first = _fetched(app, 1)
    assert asyncio.run(_with(app, lambda: forget_stalled(app))) == 1
    assert queue.visits(db, HOSTS[:1]) == 1
    second = _fetched(app, 2)
    assert (second.lock, second.id != first.id) == (first.lock, True)
    with pytest.raises(ConnectorException):
        asyncio.run(_with(app, lambda: app.job_manager.finish_job(first, Status.SUCCEEDED, delete_job=True)))
    assert asyncio.run(_with(app, lambda: forget_stalled(app))) == 0
    assert _jobs(db) == 1


@pytest.mark.parametrize(("minutes", "count"), [(29, 0), (31, 1)])
def test_a_job_whose_end_was_not_written_down_holds_its_host_for_half_an_hour(
    db: Database, minutes: int, count: int
) -> None:
    """Its worker goes on, and says so: nobody holds it for dead."""
    app = queue.app(db.engine, print, print)
    with db.engine.begin() as tx:
        tx.execute(text("INSERT INTO procrastinate_workers DEFAULT VALUES"))
    queue.visits(db, HOSTS[:1])
    _fetched(app, 1)
    with db.engine.begin() as tx:
        tx.execute(text("UPDATE procrastinate_events SET at = at - make_interval(mins => :m)"), {"m": minutes})
    assert asyncio.run(_with(app, lambda: forget_stalled(app))) == count
    assert queue.visits(db, HOSTS[:1]) == count


def test_the_queue_is_where_relays_own_tables_are_whatever_the_password() -> None:
    engine = open_database("postgresql://re%20lay:a%20b%2Bc%25%40d@h:5433/db?passfile=/x%20y").engine
    connector = queue.app(engine, print, print).connector
    assert isinstance(connector, PsycopgConnector)
    found = conninfo_to_dict(connector._pool_args["conninfo"])
    assert (found["user"], found["password"], found["passfile"]) == ("re lay", "a b+c%@d", "/x y")
    assert (found["host"], found["port"], found["dbname"]) == ("h", "5433", "db")


def _hasty(**own: Any) -> AsyncConnectionPool:
    """It gives the first connection up sooner than after 30 s."""
    pool = AsyncConnectionPool(**own)
    vars(pool)["open"] = partial(pool.open, timeout=0.2)
    return pool


def test_a_queue_that_could_not_be_opened_is_opened_anew(db: Database) -> None:
    done = threading.Event()
    app = queue.app(db.engine, lambda **_: done.set(), print)
    connector = app.connector
    assert isinstance(connector, PsycopgConnector)
    connector._pool_factory = _hasty
    pool = connector._pool_args  # as if the database were away, and then back
    away = {**pool, "conninfo": "postgresql://relay@127.0.0.1:1/relay"}
    here, connector._pool_args = pool, away
    queue.visits(db, HOSTS[:1])
    shift = Shift(app, 1, lambda: False)

    def mend() -> None:
        time.sleep(0.5)
        connector._pool_args = here
        done.wait(20)
        shift.end()

    threading.Thread(target=mend, daemon=True).start()
    shift.run(1)
    assert done.is_set()
