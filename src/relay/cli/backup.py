"""``relay backup``: a copy of the database, while the daemon works."""

import argparse
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.config.configuration import Service
from relay.storage.backing import back_up
from relay.storage.database import DatabaseUnusableError, open_database
from relay.storage.owning import file_of
from relay.storage.upgrading import upgrade
from relay.wiring import clock

EXAMPLE = "relay backup /backups/relay-2026-11-28.db"
POSTGRESQL = "on PostgreSQL a copy is made by `pg_dump`; when one is put back, say so by `relay restore --mark`"


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the copy to make; there must not be such a file yet")


def run(arguments: argparse.Namespace) -> int:
    """Copy, and say what is not in the copy."""
    settings = configuration(arguments).service
    try:
        _copy(settings, arguments.file)
    except DatabaseUnusableError as error:
        raise Ending(str(error)) from error
    except SQLAlchemyError as error:
        raise Ending(f"the database failed: {getattr(error, 'orig', None) or error}") from error
    except OSError as error:
        raise Ending(f"{error.filename or arguments.file}: {error.strerror or error}") from error
    print(f"{arguments.file} is the database as it was a moment ago. {_key(settings)}")
    return 0


def _copy(settings: Service, target: Path) -> None:
    db = open_database(settings.database)
    try:
        if file_of(db) is None:
            raise Ending(POSTGRESQL)
        upgrade(db, clock())
        back_up(db, target, clock())
    finally:
        db.close()


def _key(settings: Service) -> str:
    """A copy that opens by itself would give the accounts to whoever finds it."""
    if settings.key is not None:
        return "The key that opens the accounts' secrets is not in it: it is what `key` of the configuration names."
    if settings.key_file is None:
        return "The key that opens the accounts' secrets is not in it."
    return f"The key that opens the accounts' secrets is not in it: keep {settings.key_file} elsewhere."
