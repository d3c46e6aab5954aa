"""``relay import``: sources from the list of another reader, and all that another tool knows."""

import argparse
import os
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.cli.importing import tool
from relay.cli.output import print_json
from relay.cli.reading import content
from relay.cli.session import add_json
from relay.cli.writing import NewSource, free_name, write
from relay.config.configuration import Configuration
from relay.config.load import locate
from relay.config.messages import report
from relay.config.table import Fault
from relay.config.values import url
from relay.intake import opml
from relay.intake.importing.tools import TOOLS
from relay.intake.opml import Subscription

EXAMPLE = "relay import opml feeds.opml --dry-run\n  relay import feed2toot feed2toot.ini cache.db --write"

Outcome = Literal["added", "already a source", "not a web address"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one feed on the list; ``id`` is the name of the source that has it."""

    url: str
    title: str | None
    outcome: Outcome
    id: str | None = None


def configure(parser: argparse.ArgumentParser) -> None:
    """A form for each tool; nothing that is imported is announced, as with every new source."""
    forms = parser.add_subparsers(dest="form", required=True, metavar="FORM")
    reading = forms.add_parser("opml", help="an OPML subscription list")
    reading.add_argument("where", metavar="FILE|URL", help="the list")
    reading.add_argument("--dry-run", action="store_true", help="say what would be added, and write nothing")
    reading.add_argument("--write", action="store_true", help="write, as a list is written anyway")
    add_json(reading)
    for kind, (label, what, _) in TOOLS.items():
        own = forms.add_parser(kind, help=f"{label}: {what}")
        own.add_argument("files", nargs="+", metavar="FILE", help=f"{what}; or a folder with them")
        own.add_argument("--write", action="store_true", help="write what is shown, and remember what was posted")
        add_json(own)


def run(arguments: argparse.Namespace) -> int:
    """Add the sources that are not there yet; those that are stay as they are."""
    if arguments.form in TOOLS:
        return tool.run(arguments)
    settings, file = configuration(arguments), locate(arguments.config, os.environ)
    outlines = opml.read(content(arguments.where, settings.service))
    if outlines.error:
        raise Ending(f"{arguments.where}: {outlines.error}")
    imported = list(_imported(outlines.subscriptions, settings))
    new = [NewSource(one.id, one.url, one.title or one.id) for one in imported if one.outcome == "added" and one.id]
    if new and not arguments.dry_run:
        loaded = write(file, new)
        if loaded.messages:
            print(report(loaded), file=sys.stderr)
    if arguments.json:
        print_json(imported)
    else:
        _say(imported, f"to {file}" if not arguments.dry_run else "(nothing was written)")
    return 0


def _imported(subscriptions: Collection[Subscription], settings: Configuration) -> Iterator[Imported]:
    known = {source.url: source.id for source in settings.sources}
    taken = set(known.values())
    for one in subscriptions:
        address = one.url.replace("feed://", "http://", 1).removeprefix("feed:")
        if isinstance(url(address), Fault):
            yield Imported(one.url, one.title, "not a web address")
        elif address in known:
            yield Imported(address, one.title, "already a source", known[address])
        else:
            name = known[address] = free_name(one.title, taken)
            taken.add(name)
            yield Imported(address, one.title, "added", name)


def _say(imported: Collection[Imported], where: str) -> None:
    marks: dict[Outcome, str] = {"added": "+", "already a source": "=", "not a web address": "!"}
    for one in imported:
        print(f"{marks[one.outcome]} {one.id or one.outcome}: {one.title or 'without a title'}\n  {one.url}")
    added = sum(one.outcome == "added" for one in imported)
    print(f"\n{added} of {len(imported)} added {where}. What they hold already is published, and not announced.")
    print("Name them in a feed's `from` and in a route, then `relay check`.")
