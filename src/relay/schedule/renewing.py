"""What SIGHUP does: the configuration is read anew, and a good one begins another life of the same process.

Nothing is changed in place: a life has one configuration from its beginning to its end, so that none is ever taken by
half. Whoever asks for a page meanwhile waits for the second that it takes, for the socket outlives the life.
"""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from typing import NoReturn

from relay.core.unread import Unread

log = logging.getLogger("relay")

HANDED_OVER = 3
"""The descriptor that a process is given its listening socket by, as systemd does it (sd_listen_fds(3))."""


class Renewal:
    """``read`` says what is wrong with the configuration as it stands now, nothing where it is good."""

    def __init__(self, read: Callable[[], str], clock: Callable[[], datetime]) -> None:
        self._read, self._clock = read, clock
        self._lock = threading.Lock()
        self._socket: int | None = None
        self.is_due = False
        self.unread: Unread | None = None

    def keep(self, descriptor: int) -> None:
        """The listening socket, which the next life goes on with."""
        self._socket = os.dup(descriptor)

    def heed(self, end: Callable[[], object]) -> None:
        """From now on a SIGHUP looks at the configuration; ``end`` ends this life in order."""
        signal.signal(signal.SIGHUP, lambda *_: threading.Thread(target=self.look, args=(end,), daemon=True).start())

    def look(self, end: Callable[[], object]) -> None:
        """Take a good configuration; of any other say since when it is not taken, and go on."""
        with self._lock:
            if self.is_due:
                return
            if why := self._read():
                since = self.unread.since if self.unread else self._clock()
                self.unread = Unread(since, why)
                log.warning("the configuration is not taken, relay goes on with the one before: %s", why)
                return
            self.unread, self.is_due = None, True
        log.info("the configuration is taken: relay begins anew")
        end()

    def begin_anew(self) -> NoReturn:
        """The same command in the same process, with everything read again."""
        deaf()
        environment = dict(os.environ)
        if self._socket is not None:
            os.dup2(self._socket, HANDED_OVER)
            os.set_inheritable(HANDED_OVER, True)  # noqa: FBT003  # as os has it
            environment |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606  # itself


def deaf() -> None:
    """A SIGHUP that comes before anything can be read anew is none: what stands there now is about to be read."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def handed_over() -> int | None:
    """The listening socket that this process was given, once."""
    own = os.environ.pop("LISTEN_PID", "") == str(os.getpid())
    number = os.environ.pop("LISTEN_FDS", "")
    return HANDED_OVER if own and number == "1" else None
