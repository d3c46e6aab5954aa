"""The work that is handed out, by Procrastinate: a host to visit, an account to send for; one job each at a time."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, Engine, text

from relay.storage import postgresql
from relay.storage.database import Database

POLL, DELIVER = "poll", "deliver"
"""The queues, and the tasks in them. Each worker takes from both: posts never wait for sources that are slow."""
MOST = 500
"""Jobs that wait in a queue: more are not handed out, for what is due stays due."""
SECONDS = 10
"""For any statement of Procrastinate's: each is short, and none may wait for ever."""
PATIENCE: dict[str, Any] = {**postgresql.PATIENCE, "options": f"-c statement_timeout={SECONDS}s"}

_HELD = text("SELECT lock FROM procrastinate_jobs WHERE queue_name = :queue AND status IN ('todo', 'doing')")
_WAITING = text("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = :queue AND status = 'todo'")


def app(engine: Engine, visit: Callable[..., object], deliver: Callable[..., object]) -> App:
    """What a worker runs: ``visit(host, sources)`` and ``deliver(account)``, each in a thread."""
    made = App(connector=PsycopgConnector(conninfo=_address(engine), kwargs=PATIENCE, min_size=1, max_size=4))
    made.task(name=POLL, queue=POLL)(visit)
    made.task(name=DELIVER, queue=DELIVER)(deliver)
    return made


def _address(engine: Engine) -> str:
    """For libpq, as SQLAlchemy has it: not every URL that one of them writes is one for the other."""
    _, found = engine.dialect.create_connect_args(engine.url)
    return make_conninfo(**{name: value for name, value in found.items() if name != "context"})


def visits(db: Database, errands: Iterable[tuple[str, Sequence[str]]]) -> int:
    """Hand out visits to hosts, each with the sources that are due there; how many were not handed out before."""
    return _hand_out(db, POLL, {host: {"host": host, "sources": list(sources)} for host, sources in errands})


def deliveries(db: Database, accounts: Iterable[str]) -> int:
    """Hand out accounts that have something to send; how many were not handed out before."""
    return _hand_out(db, DELIVER, {account: {"account": account} for account in accounts})


def _hand_out(db: Database, queue: str, wanted: dict[str, dict[str, Any]]) -> int:
    """What waits or is under way is not handed out again: after any stop each host has one job, and not one a tick."""
    if not wanted:
        return 0
    try:
        with db.engine.begin() as tx:
            waiting = tx.execute(_WAITING, {"queue": queue}).scalar_one()
            held = set(tx.execute(_HELD, {"queue": queue}).scalars())
            new = [_job(queue, key, own) for key, own in wanted.items() if f"{queue}:{key}" not in held]
            return _deferred(tx, new[: max(MOST - waiting, 0)])
    except AlreadyEnqueued:
        return 0  # by another that leads, or thought so: the next look sees what it left


def _deferred(tx: Connection, jobs: list[Job]) -> int:
    if jobs:
        own = tx.connection.driver_connection
        App(connector=SyncPsycopgConnector()).job_manager.batch_defer_jobs(jobs, connection=own)
    return len(jobs)


def _job(queue: str, key: str, arguments: dict[str, Any]) -> Job:
    lock = f"{queue}:{key}"
    return Job(id=None, queue=queue, lock=lock, queueing_lock=lock, task_name=queue, task_kwargs=arguments, priority=0)
