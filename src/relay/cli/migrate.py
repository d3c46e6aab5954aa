"""``relay migrate``: bring the database to this version's schema."""

import argparse

from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.storage.database import DatabaseUnusableError, open_database
from relay.storage.schema import migrate

EXAMPLE = "relay migrate"


def configure(_parser: argparse.ArgumentParser) -> None:
    """It has no options."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate; every command that needs the database does it too, so this is for who wants to see it."""
    address = configuration(arguments).service.database
    try:
        before, now = migrate(open_database(address))
    except DatabaseUnusableError as error:
        raise Ending(str(error)) from error
    print(
        f"The schema is at {now}, as before."
        if before == now
        else f"The schema went from {before or 'empty'} to {now}."
    )
    return 0
