"""``relay publish``: bring the outgoing feeds up to date."""

import argparse

from relay.cli.output import print_json
from relay.cli.session import add_at, add_json, service

EXAMPLE = "relay publish"

PATIENCE = 60.0
"""Seconds for pictures that have not been looked at; those that are left come with the next run."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument(
        "--all", action="store_true", help="make every document anew, and write those that are missing or differ"
    )
    add_at(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Publish, and name the files that changed."""
    with service(arguments) as relay:
        relay.look(patience=PATIENCE)
        written = relay.publish(whole=arguments.all)
        folder = relay.configuration.service.feeds
    if arguments.json:
        print_json({"folder": folder, "written": written})
        return 0
    for path in written:
        print(folder / path)
    if not written:
        print("Nothing has changed.")
    return 0
