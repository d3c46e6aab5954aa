"""``relay restore``: a copy of the database put back, after which nothing leaves a second time."""

import argparse
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.cli.output import utc
from relay.storage import copies
from relay.storage.backing import put_back
from relay.storage.database import Database, DatabaseUnusableError, open_database
from relay.storage.owning import file_of, owned
from relay.storage.upgrading import upgrade
from relay.wiring import clock

EXAMPLE = "relay restore /backups/relay-2026-11-28.db"
NEXT = "Before anything leaves, the next delivery looks for what may have left since."
POSTGRESQL = "on PostgreSQL a copy is put back by `pg_restore`; then say so by `relay restore --mark`"


def configure(parser: argparse.ArgumentParser) -> None:
    """A copy, or that one was put back by other means."""
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a copy that `relay backup` has made")
    way.add_argument("--mark", action="store_true", help="the database is a copy already, put back by other means")


def run(arguments: argparse.Namespace) -> int:
    """Put it back, or mark it."""
    address = configuration(arguments).service.database
    try:
        print(f"{_marked(address) if arguments.mark else _restored(address, arguments.file)} {NEXT}")
    except DatabaseUnusableError as error:
        raise Ending(str(error)) from error
    except SQLAlchemyError as error:
        raise Ending(f"the database failed: {getattr(error, 'orig', None) or error}") from error
    except OSError as error:
        raise Ending(f"{error.filename or arguments.file}: {error.strerror or error}") from error
    return 0


def _restored(address: str, copy: Path) -> str:
    if address.startswith(("postgresql:", "postgres:")):
        raise Ending(POSTGRESQL)
    aside = put_back(copy, Path(address), clock())
    return f"{address} is now {copy}." + (f" What it was is {aside}." if aside else "")


def _marked(address: str) -> str:
    db = open_database(address)
    try:
        with owned(db):
            upgrade(db, clock())
            return f"{file_of(db) or 'The database'} is known as a copy of {utc(_mark(db))}."
    finally:
        db.close()


def _mark(db: Database) -> datetime:
    with db.write() as tx:
        moment = copies.unseen(tx) or copies.last_sign(tx)
        if moment is None:
            raise Ending("nothing has ever happened in this database: there is nothing to look for")
        copies.mark(tx, moment)
    return moment
