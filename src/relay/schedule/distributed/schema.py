"""Procrastinate's tables, beside relay's: made once, and brought further by the steps that its later versions carry.

Which of its steps a database has is written as a remark on its table of jobs: Procrastinate itself keeps no count.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, inspect, text

from relay.storage import workers
from relay.storage.database import Database

log = logging.getLogger("relay")

TABLE = "procrastinate_jobs"
REMARK = "relay: "
_SAID = text("SELECT obj_description(CAST(:table AS regclass), 'pg_class')")


def bring_up(db: Database, version: str) -> list[str]:
    """Make the tables, or take the steps that this version of Procrastinate has more; which steps those were.

    Steps that are to follow once the new version is everywhere (``post``) wait while a worker of another version of
    relay's was heard of within a minute, and are taken by the next start.
    """
    with db.write() as tx:
        if not inspect(tx).has_table(TABLE):
            _run(tx, SchemaManager.get_schema())
            _note(tx, _steps()[-1])
            return [_steps()[-1]]
    taken: list[str] = []
    while step := _taken(db, version):
        taken.append(step)
        log.info("the queue's tables have taken the step %s", step)
    return taken


def _taken(db: Database, version: str) -> str | None:
    """The next step, each in a transaction of its own: a label that one adds can be used by those after it."""
    with db.write() as tx:
        step = next(_pending(tx, version), None)
        if step:
            _run(tx, (Path(SchemaManager.get_migrations_path()) / step).read_text(encoding="utf-8"))
            _note(tx, step)
    return step


def _pending(tx: Connection, version: str) -> Iterator[str]:
    """In their order; one that has to wait holds up those after it."""
    said = tx.execute(_SAID, {"table": TABLE}).scalar() or ""
    at = said.removeprefix(REMARK) or _steps()[-1]
    for step in _steps():
        if step > at:
            if "_post_" in step and workers.is_other_version(tx, version, workers.LATELY):
                return
            yield step


def _steps() -> list[str]:
    """Their names sort as they follow each other: ``03.04.00_50_post_…`` comes after ``03.04.00_01_pre_…``."""
    return sorted(path.name for path in Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _run(tx: Connection, script: str) -> None:
    """Many statements at once, as the driver takes them when there are no parameters."""
    driver = tx.connection.driver_connection
    assert driver is not None
    driver.execute(script)


def _note(tx: Connection, step: str) -> None:
    tx.execute(text(f"COMMENT ON TABLE {TABLE} IS '{REMARK}{step}'"))
