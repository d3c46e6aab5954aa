"""``relay migrate``: the database brought to this version's schema, or moved into another one."""

import argparse
import logging
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.config.configuration import Service
from relay.storage import copies, keeping
from relay.storage.database import Database, DatabaseUnusableError, open_database
from relay.storage.migrations import HEAD
from relay.storage.moving import move
from relay.storage.owning import owned
from relay.storage.schema import migrate, pending
from relay.storage.upgrading import FOLDER, upgrade
from relay.wiring import clock

EXAMPLE = "relay migrate --to postgresql://relay@127.0.0.1/relay"
NEXT = """\
Now say `database = "…"` in [service], with that address{key}. The old one is as it was, and marked as a copy: were it
ever used again, relay would first look for what has left since."""
MB = 1_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to, if anywhere."""
    what = "move everything into this empty database: postgresql://…, or the path of a file; end the daemon first"
    parser.add_argument("--to", metavar="ADDRESS", help=what)
    parser.add_argument("--check", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--no-backup", action="store_true", help="make no copy before the schema is changed")
    where = f"where the copy of a PostgreSQL database goes ({FOLDER}); that of a file lies beside it"
    parser.add_argument("--backups", type=Path, default=FOLDER, metavar="FOLDER", help=where)


def run(arguments: argparse.Namespace) -> int:
    """Every command that needs the database migrates it too, so without ``--to`` this is for who wants to see it."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    settings = configuration(arguments).service
    try:
        print(_said(settings, arguments))
    except DatabaseUnusableError as error:
        raise Ending(str(error)) from error
    except SQLAlchemyError as error:
        raise Ending(f"nothing was moved, the database failed: {getattr(error, 'orig', None) or error}") from error
    except OSError as error:
        raise Ending(f"{error.filename or settings.database}: {error.strerror or error}") from error
    return 0


def _said(settings: Service, arguments: argparse.Namespace) -> str:
    if arguments.check:
        return _foreseen(settings.database, arguments)
    if arguments.to:
        return _moved(settings, arguments)
    with closing(open_database(settings.database)) as db:
        said = _migrated(db, arguments)
        if settings.work == "workers":
            from relay.schedule.distributed.schema import bring_up  # noqa: PLC0415  # it loads Procrastinate

            bring_up(db, version("relay"))
        return said


def _migrated(db: Database, arguments: argparse.Namespace) -> str:
    done = upgrade(db, clock(), arguments.backups, is_copied=not arguments.no_backup)
    if done.before == done.now:
        return f"The schema is at {done.now}, as before."
    went = f"The schema went from {done.before or 'empty'} to {done.now}."
    return f"{went} The database as it was is {done.copy}." if done.copy else went


def _foreseen(address: str, arguments: argparse.Namespace) -> str:
    """A file that is not there is not made by looking."""
    if not address.startswith(("postgresql:", "postgres:")) and not Path(address).exists():
        return "There is no database yet: it would be made, with no need for a copy."
    with closing(open_database(address)) as db:
        found = pending(db)
        if found is None:
            return (
                "Nothing would be done that needs a copy: the database is empty, or at a schema that needs no change."
            )
        steps = f"The schema would go from {found.before} to {HEAD}, by {', '.join(found.steps)}."
        return steps if arguments.no_backup else f"{steps} {_copy(db, found.before, arguments.backups)}"


def _copy(db: Database, before: str, folder: Path) -> str:
    target = keeping.place(db, before, folder, clock())
    try:
        needed, free = keeping.check(db, target.parent)
    except (DatabaseUnusableError, OSError) as error:
        return f"No copy could be made first: {error}."
    return f"First a copy would be made, {target}: about {needed / MB:.1f} MB, where {free // MB} MB are free."


def _moved(settings: Service, arguments: argparse.Namespace) -> str:
    with (
        closing(open_database(settings.database)) as source,
        closing(open_database(arguments.to)) as target,
        owned(source),
        owned(target),
    ):
        upgrade(source, clock(), arguments.backups, is_copied=not arguments.no_backup)
        migrate(target)
        counts = move(source, target)
        _mark(source)
    rows, tables = sum(counts.values()), sum(number > 0 for number in counts.values())
    return f"{rows} rows of {tables} tables were moved, and each was compared. {NEXT.format(key=_key(settings))}"


def _mark(source: Database) -> None:
    with source.write() as tx:
        copies.mark(tx, clock())


def _key(settings: Service) -> str:
    """PostgreSQL has no folder that a key could lie in."""
    return f', and `key = {{ file = "{settings.key_file}" }}`' if settings.key_file else ""
