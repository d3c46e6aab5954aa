"""Bringing a database to the schema of this version."""

import logging
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, inspect, literal, select, table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import column

from relay.storage.database import Database, DatabaseUnusableError
from relay.storage.migrations import HEAD
from relay.storage.tables.service import compatibility

log = logging.getLogger("relay")

MIGRATIONS = Path(__file__).with_name("migrations")
OPENED = "the database {} cannot be opened: {}"
FAILED = f"the schema of {{}} could not be brought to {HEAD}, and it is as it was, nothing is lost: {{}}"
TOO_OLD = (
    f"the database {{}} is at schema {{}}, and this version of relay knows those up to {HEAD}: start the version that "
    "it was last used with, or put back the copy from before by `relay restore`"
)


@dataclass(frozen=True, slots=True)
class Pending:
    """The step that a database with rows is at, and the names of those that are to come, such as ``0019_workers``."""

    before: str
    steps: tuple[str, ...]


def version(tx: Connection) -> str | None:
    """The step a database is at, ``None`` when it is empty."""
    if not inspect(tx).has_table("alembic_version"):
        return None
    return tx.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()


def pending(db: Database) -> Pending | None:
    """What ``migrate`` would do to a database that holds anything; ``None`` where nothing, or nothing could be lost."""
    try:
        with db.read() as tx:
            before = version(tx)
            if before is None or before >= HEAD or not _has_rows(tx):
                return None
    except SQLAlchemyError as error:
        raise DatabaseUnusableError(OPENED.format(_named(db), _cause(error))) from error
    names = sorted(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    return Pending(before, tuple(name for name in names if name[: len(before)] > before))


def migrate(db: Database) -> tuple[str | None, str]:
    """Bring the database up: the step it was at, and the one it is at now. All or nothing.

    One that a newer version has brought further stays as it is, and is worked on where its steps let this version.
    """
    said = OPENED
    try:
        with db.write() as tx:
            before = version(tx)
            if before and (before == HEAD or _may_go_on(db, tx, before)):
                return before, before
            said = FAILED
            _brought_up(db, tx)
    except SQLAlchemyError as error:
        raise DatabaseUnusableError(said.format(_named(db), _cause(error))) from error
    return before, HEAD


def _may_go_on(db: Database, tx: Connection, before: str) -> bool:
    """Steps are numbered in their order; those of a newer version say whom they leave behind."""
    if before < HEAD:
        return False
    knows = inspect(tx).has_table(compatibility.name)
    oldest = tx.execute(select(func.max(compatibility.c.oldest))).scalar() if knows else before
    if oldest is not None and oldest > HEAD:
        raise DatabaseUnusableError(TOO_OLD.format(_named(db), before))
    log.info("a newer version has brought the database to schema %s; this one, of %s, works beside it", before, HEAD)
    return True


def _brought_up(db: Database, tx: Connection) -> None:
    try:
        _upgrade(tx)
    except SQLAlchemyError:
        raise
    except Exception as error:  # a step reads what it could not foresee
        raise DatabaseUnusableError(FAILED.format(_named(db), f"{type(error).__name__}: {error}")) from error


def _upgrade(tx: Connection, to: str = "head") -> None:
    from alembic import command  # noqa: PLC0415  # only a start that migrates pays for loading it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = tx
    command.upgrade(config, to)


def _has_rows(tx: Connection) -> bool:
    names = (name for name in inspect(tx).get_table_names() if name != "alembic_version")
    return any(tx.execute(select(literal(1)).select_from(table(name)).limit(1)).first() for name in names)


def _named(db: Database) -> str:
    """The address without its parameters: ``password`` may be one of them."""
    return db.engine.url.set(query={}).render_as_string(hide_password=True)


def _cause(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).strip().split("\n")[0]
