"""``relay run``: the daemon."""

import argparse
import logging
import os
from contextlib import closing
from functools import partial
from pathlib import Path

from relay.cli.ending import Ending
from relay.cli.logging_form import begin, endings_logged
from relay.cli.session import failures_said, service
from relay.config.configuration import Service
from relay.config.load import load, locate
from relay.config.watching import files_of
from relay.daemon import listen, serve
from relay.schedule import ending, renewing
from relay.schedule.renewing import Renewal
from relay.schedule.watching import Watch, digest
from relay.service import Relay
from relay.storage import driver
from relay.storage.database import open_database
from relay.storage.owning import owned
from relay.wiring import network_keys

EXAMPLE = "relay run --config config/relay.toml"


def configure(_parser: argparse.ArgumentParser) -> None:
    """Everything is in the configuration."""


def run(arguments: argparse.Namespace) -> int:
    """Run until SIGTERM or Ctrl-C, then end within ten seconds; SIGHUP reads the configuration anew."""
    renewing.deaf()  # before any thread: the system gives a signal to whichever takes it
    begin(logging.INFO, "%(asctime)s %(levelname)s %(message)s")
    logging.raiseExceptions = False  # a log that cannot be written, on a disk that is full, says nothing about itself
    for library in ("alembic", "apscheduler", "httpx"):
        logging.getLogger(library).setLevel(logging.WARNING)
    if said := driver.warning():
        logging.getLogger("relay").warning(said)
    ending.suddenly()
    file = locate(arguments.config, os.environ)
    known = digest(file)  # before it is read: what changes from now on is seen
    try:
        with endings_logged(), service(arguments) as relay, owned(relay.db):
            renewal = Renewal(
                partial(wrong, arguments, relay.configuration.service), relay.clock, watch(relay, file, known)
            )
            code = serve(relay, renewal=renewal)
    finally:
        ending.begun()  # a start that was refused ends in its own words
    if renewal.is_due:
        renewal.begin_anew()
    if code == 0:
        ending.closed()
    return code


def watch(relay: Relay, file: Path, known: bytes) -> Watch | None:
    """Of the files of the configuration, where it says so; ``known`` is what they were before they were read."""
    return Watch(partial(files_of, file), known) if relay.configuration.service.reload == "change" else None


def wrong(arguments: argparse.Namespace, now: Service, *, listens: bool = True) -> str:
    """What the configuration is not taken for: the first error that ``relay check`` shows; nothing where it is good.

    ``now`` is what the process lives by; whether its next life can listen is tried where it ``listens``.
    """
    loaded = load(locate(arguments.config, os.environ), os.environ, network_keys())
    if loaded.configuration:
        return _out_of_reach(now, loaded.configuration.service, listens=listens)
    first = next(message for message in loaded.messages if message.severity == "error")
    return f"{Path(loaded.file).name}:{first.line}:{first.column}: {first.what}"


def _out_of_reach(now: Service, then: Service, *, listens: bool) -> str:
    """What no file tells and would end the next life at its start: another address or database that cannot be had."""
    try:
        with failures_said():
            if listens and then.listen_port != now.listen_port:
                listen(then).close()
            if then.database != now.database:
                with closing(open_database(then.database)) as db, db.read():
                    pass
    except Ending as ending:
        return str(ending)
    return ""
