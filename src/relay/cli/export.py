"""``relay export``: the sources as a list for another reader."""

import argparse
import sys

from relay.cli.session import configuration
from relay.intake import opml
from relay.intake.opml import Subscription

EXAMPLE = "relay export opml > sources.opml"


def configure(parser: argparse.ArgumentParser) -> None:
    """One form so far."""
    parser.add_subparsers(dest="form", required=True, metavar="FORM").add_parser(
        "opml", help="an OPML subscription list, on stdout"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the list; pages that are read without a feed are of no use to another reader, and named on stderr."""
    settings = configuration(arguments)
    feeds = [source for source in settings.sources if source.select is None]
    title = settings.feeds[0].title if settings.feeds else "relay"
    listed = opml.write(title, [Subscription(source.url, source.name) for source in feeds])
    sys.stdout.buffer.write(listed)
    for source in settings.sources:
        if source not in feeds:
            print(f"relay: left out {source.id}: it is a page without a feed", file=sys.stderr)
    return 0
