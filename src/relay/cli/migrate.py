"""``relay migrate``: the database brought to this version's schema, or moved into another one."""

import argparse

from sqlalchemy.exc import SQLAlchemyError

from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.config.configuration import Service
from relay.storage import copies
from relay.storage.database import Database, DatabaseUnusableError, open_database
from relay.storage.moving import move
from relay.storage.owning import owned
from relay.storage.schema import migrate
from relay.wiring import clock

EXAMPLE = "relay migrate --to postgresql://relay@127.0.0.1/relay"
NEXT = """\
Now say `database = "…"` in [service], with that address{key}. The old one is as it was, and marked as a copy: were it
ever used again, relay would first look for what has left since."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to, if anywhere."""
    what = "move everything into this empty database: postgresql://…, or the path of a file; end the daemon first"
    parser.add_argument("--to", metavar="ADDRESS", help=what)


def run(arguments: argparse.Namespace) -> int:
    """Every command that needs the database migrates it too, so without ``--to`` this is for who wants to see it."""
    settings = configuration(arguments).service
    try:
        print(_moved(settings, arguments.to) if arguments.to else _migrated(settings.database))
    except DatabaseUnusableError as error:
        raise Ending(str(error)) from error
    except SQLAlchemyError as error:
        raise Ending(f"nothing was moved, the database failed: {getattr(error, 'orig', None) or error}") from error
    return 0


def _migrated(address: str) -> str:
    before, now = migrate(open_database(address))
    return (
        f"The schema is at {now}, as before."
        if before == now
        else f"The schema went from {before or 'empty'} to {now}."
    )


def _moved(settings: Service, address: str) -> str:
    source, target = open_database(settings.database), open_database(address)
    try:
        with owned(source), owned(target):
            migrate(source)
            migrate(target)
            counts = move(source, target)
            _mark(source)
    finally:
        source.close()
        target.close()
    rows, tables = sum(counts.values()), sum(number > 0 for number in counts.values())
    return f"{rows} rows of {tables} tables were moved, and each was compared. {NEXT.format(key=_key(settings))}"


def _mark(source: Database) -> None:
    with source.write() as tx:
        copies.mark(tx, clock())


def _key(settings: Service) -> str:
    """PostgreSQL has no folder that a key could lie in."""
    return f', and `key = {{ file = "{settings.key_file}" }}`' if settings.key_file else ""
