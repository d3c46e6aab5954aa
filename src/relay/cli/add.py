"""``relay add``: find the feed behind an address, show it, and write it into the configuration."""

import argparse
import os
import sys
from collections.abc import Sequence

from relay.cli import finding
from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.cli.finding import Choice
from relay.cli.history import add_history, read_history, say_history
from relay.cli.output import print_json
from relay.cli.reading import client, parsing
from relay.cli.session import add_json, service
from relay.cli.writing import NewSource, free_name, write
from relay.config.configuration import Configuration
from relay.config.load import locate
from relay.config.messages import report
from relay.core.document import ParsedFeed
from relay.pipeline.polling.history import ReadBack, Way

EXAMPLE = "relay add https://www.exemple.fr/"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("url", metavar="URL", help="a feed, or a site")
    parser.add_argument("--id", help="the name of the source in the configuration (default: from its title)")
    parser.add_argument(
        "--pick", type=int, metavar="N", help="write the N-th of what is found (default: the first feed)"
    )
    parser.add_argument(
        "--select", metavar="CSS", help="read the page itself: its entries are what this selector finds"
    )
    add_history(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what is found, and write nothing")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show what is found; write the one that is meant, unless it takes a person to say which."""
    settings = configuration(arguments)
    address = arguments.url if "://" in arguments.url else f"https://{arguments.url}"
    with client(settings.service) as http, parsing() as reading:
        found = finding.choices(http, reading, address, arguments.select)
    chosen = _chosen(found, arguments)
    new = _new(chosen, arguments.id, settings) if chosen else None
    if not arguments.json:
        print("\n\n".join(finding.told(number, choice) for number, choice in enumerate(found, start=1)))
    done = _add(new, chosen.document, arguments) if new and chosen and not arguments.dry_run else None
    if arguments.json:
        print_json({"found": [*map(finding.as_json, found)], "source": new, "history": done})
    else:
        print(f"\n{_ending(found, new, arguments)}")
        if done:
            say_history(done, as_json=False)
    return 0 if new or arguments.dry_run else 1


def _add(new: NewSource, document: ParsedFeed, arguments: argparse.Namespace) -> ReadBack | None:
    """Write it; what ``relay check`` says of the file now goes to stderr. Then read its archives, if that is wanted."""
    loaded = write(locate(arguments.config, os.environ), [new])
    if loaded.messages:
        print(report(loaded), file=sys.stderr)
    if arguments.history is None:
        return None
    with service(arguments) as relay:
        return read_history(relay, new.id, Way(document, arguments.history))


def _chosen(found: Sequence[Choice], arguments: argparse.Namespace) -> Choice | None:
    """What was picked, or the first feed; which selectors are right, only a person can tell."""
    pick: int | None = arguments.pick
    if pick is None:
        return None if found[0].select and arguments.select is None else found[0]
    if not 1 <= pick <= len(found):
        raise Ending(f"there is no number {pick}: {len(found)} found", code=2)
    return found[pick - 1]


def _new(chosen: Choice, id: str | None, settings: Configuration) -> NewSource:
    taken = {source.id for source in settings.sources}
    if any(source.url == chosen.url for source in settings.sources):
        raise Ending(f"{chosen.url} is a source already")
    if id in taken:
        raise Ending(f"there already is a source {id!r}; choose another name with --id", code=2)
    title = chosen.document.title
    name = id or free_name(title, taken)
    return NewSource(name, chosen.url, title or name, chosen.select)


def _ending(found: Sequence[Choice], new: NewSource | None, arguments: argparse.Namespace) -> str:
    if new is None:
        return (
            "There is no feed, but the page can be read itself. Nothing was written: look which of these finds the\n"
            f"entries, and `relay add {arguments.url} --pick N`; or name them yourself by --select CSS."
        )
    if arguments.dry_run:
        return f"Nothing was written. It would be [sources.{new.id}]."
    others = f"\nAnother one: `relay add {arguments.url} --pick N`." if len(found) > 1 else ""
    file = locate(arguments.config, os.environ)
    return (
        f"Added to {file} as [sources.{new.id}]. Name it in a feed's `from` and in a route, then `relay check`.{others}"
    )
