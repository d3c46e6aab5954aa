"""``relay demo``: the whole service on loopback, with sample sources and sandbox networks."""

import argparse
import logging
import sys
from pathlib import Path

from relay.cli.ending import Ending
from relay.demo.play import play

EXAMPLE = "relay demo --once"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--once", action="store_true", help="walk one entry through every step, print each, and end")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the configuration, database and feeds there")
    parser.add_argument("--listen", default="127.0.0.1:8080", metavar="HOST:PORT", help="where the pages are served")


def run(arguments: argparse.Namespace) -> int:
    """Run it."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(message)s")
    host, _, port = arguments.listen.rpartition(":")
    if not host or not port.isdigit():
        raise Ending(f"{arguments.listen!r} is not HOST:PORT, such as 127.0.0.1:8080", 2)
    try:
        return play((host, int(port)), arguments.keep, once=arguments.once)
    except OSError as error:
        raise Ending(f"{error.filename or 'the demo cannot start'}: {error.strerror or error}") from error
