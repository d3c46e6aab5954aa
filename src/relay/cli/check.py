"""``relay check``: whether the configuration is good, and how to mend it."""

import argparse
import os

from relay.config.configuration import Loaded
from relay.config.load import load, locate
from relay.config.messages import annotations, as_json, report

HELP = "say whether the configuration is good, and where and how to mend it"
EXAMPLE = "relay check --config config/relay.toml"

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


def run(arguments: argparse.Namespace) -> int:
    """Print the report; 0 when there is no error, 78 when the configuration is wrong."""
    from relay.wiring import network_keys  # noqa: PLC0415  # wiring loads every part of relay

    found = load(locate(arguments.config, os.environ), os.environ, network_keys())
    print(_report(arguments.format, found))
    return 0 if found.configuration else _WRONG


def _report(form: str, found: Loaded) -> str:
    match form:
        case "json":
            return as_json(found)
        case "github":
            return annotations(found)
        case _:
            return report(found)
