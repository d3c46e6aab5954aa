"""``relay run``: the daemon."""

import argparse
import logging
import os
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

from relay.cli.ending import Ending
from relay.cli.session import failures_said, service
from relay.config.configuration import Service
from relay.config.load import load, locate
from relay.daemon import listen, serve
from relay.schedule import ending, renewing
from relay.schedule.renewing import Renewal
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
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.raiseExceptions = False  # a log that cannot be written, on a disk that is full, says nothing about itself
    for library in ("alembic", "apscheduler", "httpx"):
        logging.getLogger(library).setLevel(logging.WARNING)
    if said := driver.warning():
        logging.getLogger("relay").warning(said)
    ending.suddenly()
    try:
        with service(arguments) as relay, owned(relay.db):
            renewal = Renewal(partial(_wrong, arguments, relay.configuration.service), relay.clock)
            code = serve(relay, renewal=renewal)
    finally:
        ending.begun()  # a start that was refused ends in its own words
    if renewal.is_due:
        renewal.begin_anew()
    return code


def _wrong(arguments: argparse.Namespace, now: Service) -> str:
    """What the configuration is not taken for: the first error that ``relay check`` shows; nothing where it is good."""
    loaded = load(locate(arguments.config, os.environ), os.environ, network_keys())
    if loaded.configuration:
        return _out_of_reach(now, loaded.configuration.service)
    first = next(message for message in loaded.messages if message.severity == "error")
    return f"{Path(loaded.file).name}:{first.line}:{first.column}: {first.what}"


def _out_of_reach(now: Service, then: Service) -> str:
    """What no file tells and would end the next life at its start: another address or database that cannot be had."""
    try:
        with failures_said():
            if then.listen_port != now.listen_port:
                listen(then).close()
            if then.database != now.database:
                with closing(open_database(then.database)) as db, db.read():
                    pass
    except Ending as ending:
        return str(ending)
    return ""
