"""``relay worker``: one worker of the scaled-out service."""

import argparse
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec

from relay.cli.daemon import wrong
from relay.cli.ending import Ending
from relay.cli.living import live
from relay.cli.session import service
from relay.config.configuration import Service
from relay.config.load import load, locate
from relay.schedule.renewing import Renewal
from relay.service import Relay
from relay.storage.workers import Worker
from relay.wiring import network_keys

EXAMPLE = "relay worker --config config/relay.toml"
AT_ONCE = 32
NEEDS_POSTGRESQL = (
    "workers need a PostgreSQL database, and this configuration names a file: `relay migrate --to postgresql://…` "
    "moves it, then say so in [service]; until then `relay run` does all the work"
)
NOT_HERE = (
    "`relay run` does all the work in this configuration, and a worker beside it would do it twice: "
    'say work = "workers" in [service], and have `relay run` read it (SIGHUP)'
)
NO_QUEUE = "workers need Procrastinate: install relay[postgresql]"
MUTE = ("procrastinate", "psycopg.pool", "asyncio")
"""What goes wrong with the database is said once, in relay's own words."""


def configure(parser: argparse.ArgumentParser) -> None:
    """How much it does side by side."""
    what = f"how many hosts are visited side by side ({AT_ONCE})"
    parser.add_argument("--at-once", type=_some, default=AT_ONCE, metavar="N", help=what)


def run(arguments: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C, then end within ten seconds; SIGHUP reads the configuration anew."""
    work = partial(_at_work, arguments.at_once)
    return live(arguments, partial(_allowed, arguments), partial(_wrong, arguments), work, MUTE)


def _at_work(at_once: int, relay: Relay, renewal: Renewal) -> int:
    from relay.schedule.distributed.schema import bring_up  # noqa: PLC0415  # only where there are workers
    from relay.worker import work  # noqa: PLC0415  # it loads Procrastinate

    bring_up(relay.db, version("relay"))
    sys.setswitchinterval(0.001)  # one thread hands out the jobs, and must not wait for those that do them
    work(relay, renewal, _self(), at_once)
    return 0


@contextmanager
def _allowed(arguments: argparse.Namespace) -> Iterator[Relay]:
    """The service; an ``Ending`` where no worker may work, before any database is opened."""
    found = load(locate(arguments.config, os.environ), os.environ, network_keys()).configuration
    if found and (why := refusal(found.service)):
        raise Ending(why)
    with service(arguments) as relay:
        yield relay


def _wrong(arguments: argparse.Namespace, now: Service) -> str:
    """What another configuration is not taken for; nothing where this worker can go on with it."""
    found = load(locate(arguments.config, os.environ), os.environ, network_keys()).configuration
    return (refusal(found.service) if found else "") or wrong(arguments, now, listens=False)


def refusal(settings: Service) -> str:
    """Why no worker may work with these; empty where it may."""
    if "://" not in settings.database:
        return NEEDS_POSTGRESQL
    if settings.work != "workers":
        return NOT_HERE
    return "" if find_spec("procrastinate") else NO_QUEUE


def _self() -> Worker:
    """Another name in each life: what one has begun is not the next one's."""
    host = os.uname().nodename
    return Worker(f"{host}:{os.getpid()}:{secrets.token_hex(3)}", host, version("relay"))


def _some(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 200:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of hosts; write one from 1 to 200")
    return int(text)
