"""What most commands begin with: the configuration read, the service built, the clock set."""

import argparse
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from relay.cli import covering
from relay.cli.configured import configuration
from relay.cli.failing import failures_said
from relay.cli.logging_form import begin
from relay.wiring import at, build

if TYPE_CHECKING:  # the name alone: see service
    from relay.service import Relay


def add_at(parser: argparse.ArgumentParser) -> None:
    """``--at``: the command works as if it were that instant."""
    what = "work as if it were this instant, such as 2026-11-23T10:00:00Z"
    parser.add_argument("--at", type=moment, metavar="TIME", help=what)


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json``: nothing but JSON on stdout."""
    parser.add_argument("--json", action="store_true", help="write JSON only")


def moment(text: str) -> datetime:
    """An instant with its zone (RFC 3339)."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time; write it as 2026-11-23T10:00:00Z") from None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def number(text: str) -> int:
    """An id as the lists show it; every database has room for 17 digits."""
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of one; write it as 12")
    return int(text)


@contextmanager
def service(arguments: argparse.Namespace) -> Iterator["Relay"]:
    """The service of this command; what it refuses, and a database that fails, is said in a sentence.

    The configuration comes before all that a service is made of: to read ten thousand sources takes 25 MB for a moment,
    and what is loaded after has its room there.
    """
    begin(logging.WARNING, "%(levelname)s %(name)s: %(message)s")
    with failures_said():
        covering.cover()
        found = configuration(arguments)
        covering.cover(found)
        with build(found) as relay:
            moment = getattr(arguments, "at", None)
            yield at(relay, moment) if moment else relay
