"""Bringing a database to the schema of this version."""

from pathlib import Path

from sqlalchemy import Connection, inspect, select, table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import column

from relay.storage.database import Database, DatabaseUnusableError
from relay.storage.migrations import HEAD

MIGRATIONS = Path(__file__).with_name("migrations")


def version(tx: Connection) -> str | None:
    """The step a database is at, ``None`` when it is empty."""
    if not inspect(tx).has_table("alembic_version"):
        return None
    return tx.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()


def migrate(db: Database) -> tuple[str | None, str]:
    """Bring the database up: the step it was at, and the one it is at now. All or nothing."""
    try:
        with db.write() as tx:
            before = version(tx)
            if before != HEAD:
                _upgrade(tx)
    except SQLAlchemyError as error:
        raise DatabaseUnusableError(f"the database {_named(db)} cannot be opened: {_cause(error)}") from error
    return before, HEAD


def _upgrade(tx: Connection, to: str = "head") -> None:
    from alembic import command  # noqa: PLC0415  # only a start that migrates pays for loading it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = tx
    command.upgrade(config, to)


def _named(db: Database) -> str:
    """The address without its parameters: ``password`` may be one of them."""
    return db.engine.url.set(query={}).render_as_string(hide_password=True)


def _cause(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).strip().split("\n")[0]
