"""What is handed out: a host once, however long nobody looked; and what becomes of the jobs of a worker that is gone."""

import asyncio
from collections.abc import Iterator

import pytest
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from sqlalchemy import text

from relay.schedule.distributed import queue
from relay.schedule.distributed.schema import bring_up
from relay.schedule.distributed.shift import forget_stalled
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
