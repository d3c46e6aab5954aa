"""``relay run``: the daemon."""

import argparse
import logging
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from relay.cli.ending import Ending
from relay.cli.failing import failures_said
from relay.cli.living import live
from relay.cli.session import service
from relay.config.configuration import Service
from relay.config.load import load, locate
from relay.schedule.renewing import Renewal
from relay.storage import driver
from relay.wiring import network_keys

if TYPE_CHECKING:  # the name alone: see relay.cli.session
    from relay.service import Relay

log = logging.getLogger("relay")

EXAMPLE = "relay run --config config/relay.toml"


def configure(_parser: argparse.ArgumentParser) -> None:
    """Everything is in the configuration."""


def run(arguments: argparse.Namespace) -> int:
    """Run until SIGTERM or Ctrl-C, then end within ten seconds; SIGHUP reads the configuration anew."""
    return live(arguments, partial(_opened, arguments), partial(wrong, arguments), _served)


@contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator["Relay"]:
    """A service whose database no other daemon has."""
    if said := driver.warning():
        log.warning(said)
    with service(arguments) as relay:
        from relay.storage.owning import owned  # noqa: PLC0415  # after the configuration: see relay.cli.session

        with owned(relay.db):
            yield relay


def _served(relay: "Relay", renewal: Renewal) -> int:
    from relay.daemon import serve  # noqa: PLC0415  # as above

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
    from relay.daemon import listen  # noqa: PLC0415  # as above
    from relay.storage.database import open_database  # noqa: PLC0415

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
