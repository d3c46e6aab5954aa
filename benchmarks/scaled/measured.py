"""What one poll, one job and one look at what is due cost on this machine, with a million rows in a real PostgreSQL."""

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from benchmarks.cost import cpu
from relay.core.fetched import Fetch
from relay.core.polling.pollstate import Place, PollState
from relay.core.source import Validators
from relay.storage import fetches, rows, sources, turns
from relay.storage.database import Database
from relay.storage.turns import Turn

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
_FILL = text(
    "INSERT INTO sources (id, due, landed, state) SELECT 's' || n, CAST(:now AS timestamptz) + n % 3600 * interval "
    "'1 second', 'http://s' || n || '.example/rss', :state FROM generate_series(1, :many) AS n"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one: seconds of the clock, of the client's CPU, of the database's; bytes of write-ahead log."""

    wall: float
    client: float = 0.0
    database: float = 0.0
    log: float = 0.0


@dataclass(slots=True)
class Bench:
    """A database, and the process of its server."""

    db: Database
    server: int
    found: dict[str, Cost] = field(default_factory=dict)

    def measure(self, name: str, step: Callable[[int], object], number: int) -> Cost:
        """The middle of what a step costs when it is done so often, after one that is not counted."""
        step(0)
        began, own, theirs, log = time.monotonic(), time.process_time(), cpu(self.server).whole, self._log()
        for each in range(1, number + 1):
            step(each)
        spent = (time.monotonic() - began, time.process_time() - own, cpu(self.server).whole - theirs)
        wall, client, database = (one / number for one in spent)
        self.found[name] = Cost(wall, client, database, (self._log() - log) / number)
        return self.found[name]

    def ask(self, sql: str) -> float:
        """One number."""
        with self.db.engine.connect() as tx:
            return float(tx.exec_driver_sql(sql).scalar() or 0)

    def _log(self) -> float:
        return self.ask("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")


def state(number: int) -> PollState:
    """Of a source that is well, as rows of it are."""
    url = f"http://s{number}.example/rss"
    last = NOW - HOUR
    return PollState(
        NOW, last, last, 0, "304", "as often as it publishes", Validators(b'W/"5f3c-1a2b3c4d"', None, url),
        place=Place(url, landed=url), body="0" * 64, wish="0" * 16, size=42_000,
    )  # fmt: skip


def fill(bench: Bench, many: int) -> Cost:
    """So many sources, which are due within the hour, evenly."""
    began = time.monotonic()
    with bench.db.write() as tx:
        tx.execute(_FILL, {"now": NOW, "state": rows.dump(state(123_456)), "many": many})
    with bench.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as tx:
        tx.exec_driver_sql("VACUUM ANALYZE sources")
    bench.found["fill"] = Cost(time.monotonic() - began)
    return bench.found["fill"]


def quiet(bench: Bench, number: int) -> Cost:
    """A poll that brings nothing new, as it is written."""
    said = Fetch(NOW, "304", "http://s1.example/rss", 0, 42_000, 0.2, 0, 0, ())

    def step(each: int) -> None:
        with bench.db.write(of=f"source:s{each + 1}") as tx:
            before = sources.state(tx, f"s{each + 1}")
            sources.save(tx, f"s{each + 1}", replace(before, due=NOW + HOUR, polled_at=NOW), None)
            fetches.add(tx, f"s{each + 1}", said)

    return bench.measure("quiet write", step, number)


def turn(bench: Bench, number: int) -> Cost:
    """A host's turn, taken and ended."""

    def step(each: int) -> None:
        taken = turns.take(bench.db, f"s{each}.example", timedelta(seconds=20))
        assert isinstance(taken, Turn)
        turns.end(bench.db, taken, timedelta(seconds=1))

    return bench.measure("turn", step, number)


def job(bench: Bench, number: int) -> Cost:
    """A job of Procrastinate's: handed out (in hundreds, as the leader does it), fetched, finished."""
    queue = importlib.import_module("relay.schedule.distributed.queue")
    importlib.import_module("relay.schedule.distributed.schema").bring_up(bench.db, "0")
    with bench.db.write() as tx:
        tx.exec_driver_sql("INSERT INTO procrastinate_workers DEFAULT VALUES")
    worker = int(bench.ask("SELECT max(id) FROM procrastinate_workers"))

    def step(each: int) -> None:
        queue.visits(bench.db, [(f"h{each}-{n}.example", [f"s{each}{n}"]) for n in range(100)])
        for _ in range(100):
            with bench.db.engine.begin() as tx:
                own = tx.exec_driver_sql("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", (worker,)).scalar()
            with bench.db.engine.begin() as tx:
                tx.exec_driver_sql("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", (own,))

    whole = bench.measure("job", step, number // 100)
    one = Cost(whole.wall / 100, whole.client / 100, whole.database / 100, whole.log / 100)
    bench.found["job"] = one
    return one


def due_all(bench: Bench, many: int) -> Cost:
    """The look at what is due as a process of one has it: all names are read, and every state that is due."""
    ids = [f"s{n}" for n in range(1, many + 1)]
    return bench.measure("due, all read", lambda _: _due(bench, ids), 1)


def _due(bench: Bench, ids: list[str]) -> None:
    with bench.db.read() as tx:
        sources.due(tx, ids, NOW + timedelta(seconds=5))


def due_some(bench: Bench, number: int) -> Cost:
    """The same of the longest overdue alone, by the index."""

    def step(_: int) -> None:
        with bench.db.read() as tx:
            found = sources.overdue(tx, NOW + timedelta(seconds=5))
            for _number, _one in zip(range(500), found, strict=False):
                pass

    return bench.measure("due, 500 read", step, number)
