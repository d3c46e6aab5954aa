"""``relay run``: the daemon."""

import argparse
import logging
import sys

from relay.cli.session import service
from relay.daemon import serve
from relay.schedule import ending
from relay.storage import driver
from relay.storage.owning import owned

EXAMPLE = "relay run --config config/relay.toml"


def configure(_parser: argparse.ArgumentParser) -> None:
    """Everything is in the configuration."""


def run(arguments: argparse.Namespace) -> int:
    """Run until SIGTERM or Ctrl-C, then end within ten seconds."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.raiseExceptions = False  # a log that cannot be written, on a disk that is full, says nothing about itself
    for library in ("alembic", "apscheduler", "httpx"):
        logging.getLogger(library).setLevel(logging.WARNING)
    if said := driver.warning():
        logging.getLogger("relay").warning(said)
    ending.suddenly()
    with service(arguments) as relay, owned(relay.db):
        return serve(relay)
