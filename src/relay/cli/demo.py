"""``relay demo``: the whole service on loopback, with sample sources and sandbox networks."""

import argparse
import logging
import sys
from contextlib import suppress
from pathlib import Path
from socket import create_server

from relay.cli.covering import cover
from relay.cli.ending import Ending
from relay.demo.play import play

EXAMPLE = "relay demo --once"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--once", action="store_true", help="walk one entry through every step, print each, and end")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the configuration, database and feeds there")
    what = "tests: one account more at each network's stand-in of relay's tests, which a clone of the repository has"
    parser.add_argument("--networks", choices=["sandbox", "tests"], default="sandbox", help=what)
    where = "where the pages are served (default: 127.0.0.1:8080, or another port where that is taken)"
    parser.add_argument("--listen", metavar="HOST:PORT", help=where)


def run(arguments: argparse.Namespace) -> int:
    """Run it."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(message)s")
    cover()
    has_tests = arguments.networks == "tests"
    if arguments.once and has_tests:
        raise Ending("--once takes its one entry to a sandbox: leave --networks out", 2)
    try:
        return play(_listen(arguments.listen), arguments.keep, once=arguments.once, tests=has_tests, met=cover)
    except OSError as error:
        raise Ending(f"{error.filename or 'the demo cannot start'}: {error.strerror or error}") from error


def _listen(wanted: str | None) -> tuple[str, int]:
    if wanted is None:
        return "127.0.0.1", _free_port(8080)
    host, _, port = wanted.rpartition(":")
    if not host or not port.isdigit():
        raise Ending(f"{wanted!r} is not HOST:PORT, such as 127.0.0.1:8080", 2)
    return host, int(port)


def _free_port(wanted: int) -> int:
    """``wanted``, or any other port of loopback where somebody else has that one."""
    for port in (wanted, 0):
        with suppress(OSError), create_server(("127.0.0.1", port)) as found:
            return int(found.getsockname()[1])
    raise Ending("this machine has no free port to listen on")
