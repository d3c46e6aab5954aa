"""``relay export``: the sources as a list for another reader, the feeds' addresses for a web server."""

import argparse
import sys

from relay.cli.configured import configuration
from relay.config.configuration import Configuration
from relay.pipeline.deriving import followed
from relay.publish import fronts, opml
from relay.wiring import clock

EXAMPLE = "relay export opml > sources.opml"

_FORMS = {
    "opml": "an OPML subscription list of the sources",
    "nginx": "hubs, renamed and retired feeds, for docs/serving/nginx.conf",
    "caddy": "the same for docs/serving/Caddyfile",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """What is written on stdout."""
    forms = parser.add_subparsers(dest="form", required=True, metavar="FORM")
    for form, what in _FORMS.items():
        forms.add_parser(form, help=what)


def run(arguments: argparse.Namespace) -> int:
    """Write it."""
    settings = configuration(arguments)
    if arguments.form == "opml":
        return _subscriptions(settings)
    write = fronts.nginx if arguments.form == "nginx" else fronts.caddy
    sys.stdout.buffer.write(write(settings.feeds, settings.retired, clock().date()).encode())
    return 0


def _subscriptions(settings: Configuration) -> int:
    """The list; pages that are read without a feed are of no use to another reader, and named on stderr."""
    title = settings.feeds[0].title if settings.feeds else "relay"
    listed = {source.id: followed(source, None) for source in settings.sources}
    sys.stdout.buffer.write(opml.write(title, filter(None, listed.values())))
    for source in settings.sources:
        if listed[source.id] is None:
            print(f"relay: left out {source.id}: it is a page without a feed", file=sys.stderr)
    return 0
