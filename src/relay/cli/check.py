"""``relay check``: whether the configuration is good, and how to mend it."""

import argparse
import json
import os
import sys
from dataclasses import asdict

from relay.cli import fixing, live
from relay.config.configuration import Loaded
from relay.config.load import load, locate
from relay.config.messages import annotations, as_json, report
from relay.config.sections.accounts import Means

HELP = "say whether the configuration is good, and where and how to mend it"
EXAMPLE = "relay check --live --config config/relay.toml"

_WRONG = 78


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's own options."""
    parser.add_argument(
        "--format",
        choices=("human", "json", "github"),
        default="human",
        help="for a person, for a program, or as GitHub annotations (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_const", const="json", dest="format", help="write JSON only")
    parser.add_argument(
        "--live", action="store_true", help="ask the networks, too, whether the handles of the directory are somebody's"
    )

    parser.add_argument(
        "--fix",
        action="store_true",
        help="mend what a machine can: durations, yes and no, misspelled keys; show each line, then say what is left",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the report; 0 when there is no error, 78 when the configuration is wrong, 1 when a handle is nobody's."""
    from relay.wiring import network_keys  # noqa: PLC0415  # wiring loads every part of relay

    file, networks = locate(arguments.config, os.environ), network_keys()
    if arguments.fix:
        steps = fixing.fix(file, Means(networks, os.environ, file.parent))
        print("\n".join(fixing.as_lines(file, steps)), file=sys.stdout if arguments.format == "human" else sys.stderr)
    found = load(file, os.environ, networks)
    if found.configuration is None:
        print(_report(arguments.format, found, None))
        return _WRONG
    asked = live.handles(found.configuration) if arguments.live else None
    print(_report(arguments.format, found, asked))
    return int(any(one.result == "not found" for one in asked or ()))


def _report(form: str, found: Loaded, asked: tuple[live.Asked, ...] | None) -> str:
    match form:
        case "json" if asked is not None:
            return json.dumps({**json.loads(as_json(found)), "handles": [*map(asdict, asked)]}, ensure_ascii=False)
        case "json":
            return as_json(found)
        case "github":
            return annotations(found)
        case _:
            return "\n".join([report(found), *(live.as_lines(asked) if asked is not None else ())])
