"""Procrastinate's tables: made once, and brought further by the steps that a later version of it carries."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from relay.schedule.distributed.schema import bring_up
from relay.storage import workers
from relay.storage.database import Database, open_database
from relay.storage.workers import Worker

BEFORE = "03.03.00_01_pre_priority_lock_fetch_job.sql"
PRE, POST = "03.04.00_01_pre_add_retry_failed_job_procedure.sql", "03.04.00_50_post_add_retry_failed_job_procedure.sql"


@pytest.fixture
def db(postgresql_address: str) -> Iterator[Database]:
    db = open_database(postgresql_address)
    assert bring_up(db, "2")
    yield db
    db.close()


def _as_it_was(db: Database) -> None:
    """Before 3.4, whose steps add a label and a function, and replace another."""
    with db.write() as tx:
        tx.execute(text("ALTER TYPE procrastinate_job_event_type RENAME VALUE 'retried' TO 'unknown'"))
        tx.execute(text("DROP FUNCTION procrastinate_retry_job_v2"))
        tx.execute(text(f"COMMENT ON TABLE procrastinate_jobs IS 'relay: {BEFORE}'"))


def _can_retry(db: Database) -> bool:
    with db.read() as tx:
        return bool(tx.execute(text("SELECT to_regproc('procrastinate_retry_job_v2')")).scalar())


def test_what_is_up_to_date_is_left_alone(db: Database) -> None:
    assert bring_up(db, "2") == []


def test_a_later_version_brings_its_steps(db: Database) -> None:
    _as_it_was(db)
    assert not _can_retry(db)
    assert bring_up(db, "2") == [PRE, POST]
    assert _can_retry(db)
    assert bring_up(db, "2") == []


def test_what_comes_after_all_are_new_waits_for_the_last_old_worker(db: Database) -> None:
    _as_it_was(db)
    with db.engine.begin() as tx:
        workers.beat(tx, Worker("a:1:x", "a", "1"))
    assert bring_up(db, "2") == [PRE]
    with db.engine.begin() as tx:
        workers.leave(tx, "a:1:x")
    assert bring_up(db, "2") == [POST]
