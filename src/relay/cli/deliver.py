"""``relay deliver``: one pass over what is approved and due."""

import argparse

from relay.cli.output import print_json, print_table
from relay.cli.session import add_at, add_json, service
from relay.core.crosspost import State

EXAMPLE = "relay deliver"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    add_at(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Deliver, and say where each attempt ended; 1 if any was refused or is unknown."""
    with service(arguments) as relay:
        relay.watch()
        delivered = relay.deliver()
    if arguments.json:
        print_json(delivered)
    elif delivered:
        print_table([(one.id, one.account, one.state, one.note) for one in delivered])
    else:
        print("Nothing is due.")
    bad = {State.FAILED, State.UNCONFIRMED, State.HELD}
    return 1 if any(one.state in bad for one in delivered) else 0
