"""``relay stop``: nothing is sent, changed or taken back any more, on any machine, until ``relay resume``."""

import argparse

from relay.cli.member import add_as, member
from relay.cli.session import add_at, service
from relay.pipeline import stopping

EXAMPLE = 'relay stop --as camille --reason "Wrong figures in the press release"'


def configure(parser: argparse.ArgumentParser) -> None:
    """Who, and why."""
    add_as(parser)
    parser.add_argument("--reason", required=True, help="why, for all the others")
    add_at(parser)


def run(arguments: argparse.Namespace) -> int:
    """Stop everything, and say what waits."""
    with service(arguments) as relay:
        actor = (member(relay, arguments.user), "command line")
        stopping.stop(relay.db, actor, arguments.reason, relay.clock())
        with relay.db.read() as tx:
            waiting = stopping.waiting(tx)
    print(f"Everything is stopped: {waiting} cross-posts wait. `relay resume --as USER` lets them go.")
    return 0
