"""A process that goes on until it is told to end, or to begin anew with another configuration."""

import argparse
import logging
import os
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING

from relay.cli import thrift
from relay.cli.logging_form import begin, endings_logged
from relay.config.configuration import Service
from relay.config.load import locate
from relay.config.watching import files_of
from relay.schedule import ending, renewing
from relay.schedule.renewing import Renewal
from relay.schedule.watching import Watch, digest

if TYPE_CHECKING:  # the name alone: a service is loaded once the configuration is read
    from relay.service import Relay

LOUD = {"alembic": logging.WARNING, "httpx": logging.WARNING, "apscheduler": logging.ERROR}
"""Of libraries, from which level on they are heard: a tick that is left out while its loop is at work is no warning."""


def live(
    arguments: argparse.Namespace,
    opened: Callable[[], AbstractContextManager["Relay"]],
    wrong: Callable[[Service], str],
    work: Callable[["Relay", Renewal], int],
    mute: Collection[str] = (),
) -> int:
    """Do the ``work`` of a relay once it is ``opened``; the exit code, or no return: a clean end is at once.

    ``wrong`` says what a changed configuration is not taken for, by whoever lives by those settings; empty: it is good.
    """
    thrift.begin()
    renewing.deaf()  # before any thread: the system gives a signal to whichever takes it
    _log(mute)
    ending.suddenly()
    file = locate(arguments.config, os.environ)
    known = digest(file)  # before it is read: what changes from now on is seen
    try:
        with endings_logged(), opened() as relay:
            settings = relay.configuration.service
            watch = Watch(partial(files_of, file), known) if settings.reload == "change" else None
            renewal = Renewal(partial(wrong, settings), relay.clock, watch)
            code = work(relay, renewal)
    finally:
        ending.begun()  # a start that was refused ends in its own words
    if renewal.is_due:
        renewal.begin_anew()
    if code == 0:
        ending.closed()
    return code


def _log(mute: Collection[str]) -> None:
    begin(logging.INFO, "%(asctime)s %(levelname)s %(message)s")
    logging.raiseExceptions = False  # a log that cannot be written, on a disk that is full, says nothing about itself
    for library, level in LOUD.items():
        logging.getLogger(library).setLevel(level)
    for library in mute:
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
