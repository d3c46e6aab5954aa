"""``relay run``: the daemon."""

import argparse
import logging
import os
import sys
from functools import partial
from pathlib import Path

from relay.cli.session import service
from relay.config.load import load, locate
from relay.daemon import serve
from relay.schedule import ending, renewing
from relay.schedule.renewing import Renewal
from relay.storage import driver
from relay.storage.owning import owned
from relay.wiring import network_keys

EXAMPLE = "relay run --config config/relay.toml"


def configure(_parser: argparse.ArgumentParser) -> None:
    """Everything is in the configuration."""


def run(arguments: argparse.Namespace) -> int:
    """Run until SIGTERM or Ctrl-C, then end within ten seconds; SIGHUP reads the configuration anew."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.raiseExceptions = False  # a log that cannot be written, on a disk that is full, says nothing about itself
    for library in ("alembic", "apscheduler", "httpx"):
        logging.getLogger(library).setLevel(logging.WARNING)
    if said := driver.warning():
        logging.getLogger("relay").warning(said)
    ending.suddenly()
    renewing.deaf()
    with service(arguments) as relay, owned(relay.db):
        renewal = Renewal(partial(_wrong, arguments), relay.clock)
        code = serve(relay, renewal=renewal)
    if renewal.is_due:
        renewal.begin_anew()
    return code


def _wrong(arguments: argparse.Namespace) -> str:
    """What the configuration is not taken for: the first error that ``relay check`` shows; nothing where it is good."""
    loaded = load(locate(arguments.config, os.environ), os.environ, network_keys())
    if loaded.configuration:
        return ""
    first = next(message for message in loaded.messages if message.severity == "error")
    return f"{Path(loaded.file).name}:{first.line}:{first.column}: {first.what}"
