"""In whose name a command acts."""

import argparse

from relay.cli.ending import Ending
from relay.core.people import Editor
from relay.service import Relay
from relay.storage import people


def add_as(parser: argparse.ArgumentParser) -> None:
    """``--as``: whoever is answerable for it."""
    parser.add_argument("--as", dest="user", required=True, metavar="USER", help="the member who says so")


def member(relay: Relay, name: str) -> Editor:
    """The member of this name."""
    with relay.db.read() as tx:
        found = people.get(tx, name)
    if found is None:
        raise Ending(f"there is no editor {name!r}; `relay user list` shows who there is")
    return found
