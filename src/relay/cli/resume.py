"""``relay resume``: what ``relay stop`` has stopped goes on."""

import argparse

from relay.cli.member import add_as, member
from relay.cli.output import utc
from relay.cli.session import add_at, service
from relay.pipeline import stopping

EXAMPLE = "relay resume --as camille"


def configure(parser: argparse.ArgumentParser) -> None:
    """Who says that all is well."""
    add_as(parser)
    add_at(parser)


def run(arguments: argparse.Namespace) -> int:
    """Lift the stop, and say whose it was."""
    with service(arguments) as relay:
        stop = stopping.resume(relay.db, relay.desk, (member(relay, arguments.user), "command line"), relay.clock())
    print(f"The stop of {stop.who} ({utc(stop.at)}) is lifted: what is late leaves one after the other.")
    return 0
