"""Who leads: one at a time, in terms that are counted, and nobody believes it longer than it is so."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, text, update
from sqlalchemy.exc import OperationalError

from relay.schedule.distributed import lead
from relay.schedule.distributed.lead import NAME, Lead
from relay.storage import leases, workers
from relay.storage.database import Database, open_database
from relay.storage.leases import Lease
from relay.storage.tables import working as tables
from relay.storage.workers import Worker

TTL = timedelta(seconds=15)
FIRST, SECOND = Worker("a:1:x", "a", "1"), Worker("b:1:x", "b", "1")


@pytest.fixture
def postgresql_db(postgresql_address: str) -> Iterator[Database]:
    db = open_database(postgresql_address)
    yield db
    db.close()


def _take(db: Database, holder: str) -> Lease | None:
    with leases.brief(db) as tx:
        return leases.take(tx, NAME, holder, TTL)


def _run_out(db: Database) -> None:
    with db.engine.begin() as tx:
        tx.execute(text("UPDATE leases SET until = clock_timestamp() - interval '1 second'"))


def test_one_has_it_until_it_is_over_and_each_term_is_another(postgresql_db: Database) -> None:
    first = _take(postgresql_db, "a")
    assert first == Lease(NAME, "a", 1)
    assert _take(postgresql_db, "b") is None
    _run_out(postgresql_db)
    assert _take(postgresql_db, "b") == Lease(NAME, "b", 2)
    with leases.brief(postgresql_db) as tx:
        assert not leases.renew(tx, first, TTL)
        assert leases.holder(tx, NAME) == "b"


def test_its_own_term_is_not_renewed_once_it_is_over(postgresql_db: Database) -> None:
    """It was anybody's meanwhile: whoever had it begins a new term."""
    first = _take(postgresql_db, "a")
    assert first
    _run_out(postgresql_db)
    with leases.brief(postgresql_db) as tx:
        assert not leases.renew(tx, first, TTL)
        assert leases.holder(tx, NAME) is None
    assert _take(postgresql_db, "a") == replace(first, term=2)
    with leases.brief(postgresql_db) as tx:
        assert not leases.renew(tx, first, TTL), "whoever acts in the first term has slept through its end"


def test_a_lease_is_kept_while_somebody_writes(postgresql_db: Database) -> None:
    with postgresql_db.write():
        first = _take(postgresql_db, "a")
        assert first
        with leases.brief(postgresql_db) as tx:
            assert leases.renew(tx, first, TTL)


def test_a_lease_is_believed_no_longer_than_it_surely_runs(
    postgresql_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after SIGSTOP: the clock has gone on, and nobody has looked."""
    now = [100.0]
    monkeypatch.setattr(lead, "monotonic", lambda: now[0])
    led: list[str] = []
    first = Lead(postgresql_db, FIRST, lambda: "", lambda: led.append("a"))
    second = Lead(postgresql_db, SECOND, lambda: "", lambda: led.append("b"))
    first.look()
    second.look()
    assert (first.is_ours, second.is_ours, led) == (True, False, ["a"])
    now[0] += 12.9
    assert [first.is_ours] == [True]
    now[0] += 0.2
    assert [first.is_ours] == [False]
    _run_out(postgresql_db)
    second.look()
    first.look()
    assert (first.is_ours, second.is_ours, led) == (False, True, ["a", "b"])


def test_whoever_lost_the_lease_gives_back_nobodys(postgresql_db: Database) -> None:
    first = _take(postgresql_db, "a")
    assert first
    _run_out(postgresql_db)
    assert _take(postgresql_db, "b")
    with leases.brief(postgresql_db) as tx:
        leases.release(tx, first)
        assert leases.holder(tx, NAME) == "b"


def test_whoever_is_about_to_end_leads_no_more_whatever_a_look_finds(postgresql_db: Database) -> None:
    first = Lead(postgresql_db, FIRST, lambda: "", lambda: None)
    first.look()
    first._ended.set()
    assert not first.is_ours
    led: list[str] = []

    def ending() -> str:
        late.end()
        return ""

    late = Lead(postgresql_db, FIRST, ending, lambda: led.append("a"))
    first.end()
    late.look()
    assert (late.is_ours, led) == (False, [])


def test_a_look_waits_for_nobody_longer_than_a_lease_runs(
    postgresql_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "PATIENCE", timedelta(seconds=0.2))
    with leases.brief(postgresql_db) as tx, pytest.raises(OperationalError, match="statement timeout"):
        tx.execute(text("SELECT pg_sleep(5)"))


def test_a_lease_is_counted_from_before_it_was_asked_for(
    postgresql_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answer may have been long in coming, and it runs since the database gave it."""
    now = [100.0]
    monkeypatch.setattr(lead, "monotonic", lambda: now[0])

    def slow() -> str:
        now[0] += 10
        return ""

    first = Lead(postgresql_db, FIRST, slow, lambda: None)
    first.look()
    assert first.is_ours
    now[0] = 113.1
    assert not first.is_ours


def test_whoever_ends_leaves_the_lease_to_the_next(postgresql_db: Database) -> None:
    first = Lead(postgresql_db, FIRST, lambda: "", lambda: None)
    second = Lead(postgresql_db, SECOND, lambda: "visits a.example", lambda: None)
    first.look()
    first.end()
    second.look()
    assert (first.is_ours, second.is_ours) == (False, True)
    with postgresql_db.read() as tx:
        assert [one.worker for one in workers.every(tx)] == [replace(SECOND, doing="visits a.example")]


def test_whatever_goes_wrong_once_the_lease_is_kept(postgresql_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where no thread can be had for what is to begin with it."""
    monkeypatch.setattr(lead, "LOOK", timedelta(seconds=0.05))
    failures = iter([RuntimeError("can't start new thread")])
    looks = threading.Event()

    def doing() -> str:
        for error in failures:
            raise error
        looks.set()
        return ""

    first = Lead(postgresql_db, FIRST, doing, lambda: None)
    first.start()
    assert looks.wait(10)
    first.end()


def test_a_worker_that_died_days_ago_is_shown_no_more(postgresql_db: Database) -> None:
    """Each life has another name: those that ended without a word would be more and more."""
    with postgresql_db.engine.begin() as tx:
        for id, hours in (("gone", 25), ("lately", 23)):
            workers.beat(tx, replace(SECOND, id=id))
            seen = update(tables.workers).where(tables.workers.c.id == id)
            tx.execute(seen.values(seen_at=func.clock_timestamp() - timedelta(hours=hours)))
    Lead(postgresql_db, FIRST, lambda: "", lambda: None).look()
    with postgresql_db.read() as tx:
        assert {one.worker.id for one in workers.every(tx)} == {"lately", FIRST.id}
