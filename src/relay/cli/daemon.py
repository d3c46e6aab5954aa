"""``relay run``: the daemon."""

import argparse
import logging
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from relay.cli.ending import Ending
from relay.cli.living import live
from relay.cli.session import failures_said, service
from relay.config.configuration import Service
from relay.config.load import load, locate
from relay.daemon import listen, serve
from relay.schedule.renewing import Renewal
from relay.service import Relay
from relay.storage import driver
from relay.storage.database import open_database
from relay.storage.owning import owned
from relay.wiring import network_keys

log = logging.getLogger("relay")

EXAMPLE = "relay run --config config/relay.toml"


def configure(_parser: argparse.ArgumentParser) -> None:
    """Everything is in the configuration."""


def run(arguments: argparse.Namespace) -> int:
    """Run until SIGTERM or Ctrl-C, then end within ten seconds; SIGHUP reads the configuration anew."""
    return live(arguments, partial(_opened, arguments), partial(wrong, arguments), _served)


@contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[Relay]:
    """A service whose database no other daemon has."""
    if said := driver.warning():
        log.warning(said)
    with service(arguments) as relay, owned(relay.db):
        yield relay


def _served(relay: Relay, renewal: Renewal) -> int:
    return serve(relay, renewal=renewal)


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
