"""``relay config``: the configuration as it takes effect."""

import argparse
import os
from collections.abc import Sequence

from relay.cli.ending import Ending
from relay.cli.output import print_json
from relay.cli.session import add_json
from relay.config.dumping import Setting, of_section, settings
from relay.config.load import Examined, examine, load, locate
from relay.config.messages import report
from relay.config.opening import read
from relay.config.sections.accounts import Means, plain_keys
from relay.config.table import Fault
from relay.config.writing import as_toml
from relay.wiring import network_keys

EXAMPLE = "relay config dump sources.cget"


def configure(parser: argparse.ArgumentParser) -> None:
    """One word for each thing that is done with it."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="WORD")
    what = "every value with where it comes from: a line of the file, a variable, or a default; no secret is shown"
    dump = verbs.add_parser("dump", help=what, description=what)
    dump.add_argument(
        "section", nargs="?", metavar="SECTION", help="only this section, such as service or sources.cget"
    )
    add_json(dump)


def run(arguments: argparse.Namespace) -> int:
    """Show it; 78 where it is wrong, with what ``relay check`` says."""
    file, networks = locate(arguments.config, os.environ), network_keys()
    loaded, text = load(file, os.environ, networks), read(file)
    if loaded.configuration is None or isinstance(text, Fault):
        raise Ending(report(loaded), 78)
    found = examine(text, Means(networks, os.environ, file.parent))
    if not isinstance(found, Examined):
        raise Ending(f"{file} was changed meanwhile, try again")
    known = settings(text, found, os.environ, plain_keys(networks))
    chosen = of_section(known, arguments.section) if arguments.section else known
    if not chosen:
        sections = sorted({str(one.path[0]) for one in known})
        raise Ending(f"there is no section {arguments.section!r}; there are: {', '.join(sections)}")
    if arguments.json:
        print_json(_as_json(chosen))
    else:
        print(as_toml(chosen, file.name))
    return 0


def _as_json(found: Sequence[Setting]) -> list[dict[str, object]]:
    return [
        {
            "key": ".".join(map(str, one.path)),
            "value": one.value,
            "origin": one.origin,
            "line": one.line,
            "note": one.note,
        }
        for one in found
    ]
