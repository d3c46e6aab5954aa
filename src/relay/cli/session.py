"""What most commands begin with: the configuration read, the service built, the clock set."""

import argparse
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from relay.cli import covering
from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.cli.logging_form import begin
from relay.core.ailment import Ailment, ailment_of
from relay.core.review.moving import Refusal
from relay.service import Relay
from relay.storage.database import DatabaseUnusableError
from relay.wiring import at, build


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
def service(arguments: argparse.Namespace) -> Iterator[Relay]:
    """The service of this command; what it refuses, and a database that fails, is said in a sentence."""
    begin(logging.WARNING, "%(levelname)s %(name)s: %(message)s")
    with failures_said():
        covering.cover()
        found = configuration(arguments)
        covering.cover(found)
        with build(found) as relay:
            moment = getattr(arguments, "at", None)
            yield at(relay, moment) if moment else relay


@contextmanager
def failures_said() -> Iterator[None]:
    """What is refused, and what the machine or the database does not do, is an ``Ending`` with its sentence."""
    try:
        yield
    except Refusal as refusal:
        raise Ending(str(refusal)) from refusal
    except DatabaseUnusableError as error:
        raise Ending(f"{error}. See `database` in the configuration.") from error
    except SQLAlchemyError as error:
        raise Ending(_of_database(error)) from error
    except BrokenPipeError:
        raise  # whoever read our output has seen enough; `main` ends quietly
    except OSError as error:
        raise Ending(f"{error.filename or 'the system'}: {error.strerror or error}") from error


def _of_database(error: SQLAlchemyError) -> str:
    """What it said, and, where the machine is to blame, what that means."""
    said = f"the database failed: {getattr(error, 'orig', None) or error}"
    what = ailment_of(error)
    return f"{said}: {MEANING[what]}" if what is not None else said


MEANING = {
    Ailment.FULL: "its disk is full, make room there",
    Ailment.READ_ONLY: "its file, its folder or its disk is read-only, make it writable",
    Ailment.FAULTY: "its disk has a fault, see the system's log",
    Ailment.OPEN_FILES: "its folder cannot be written, or too many files are open (ulimit -n)",
    Ailment.AWAY: "see whether it runs and can be reached",
}
