"""What SIGHUP does, or a file that changes: the configuration is read anew, and a good one begins another life.

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
from relay.schedule.ending import Ending, gone
from relay.schedule.watching import Watch

log = logging.getLogger("relay")

HANDED_OVER = 3
"""The descriptor that a process is given its listening socket by, as systemd does it (sd_listen_fds(3))."""


class Renewal:
    """``read`` says what is wrong with the configuration as it stands now, nothing where it is good.

    ``watch`` looks at its files, where a change of them counts as a SIGHUP does.
    """

    def __init__(self, read: Callable[[], str], clock: Callable[[], datetime], watch: Watch | None = None) -> None:
        self._read, self._clock, self._watch = read, clock, watch
        self._had_terminal = has_terminal()
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        self._socket: int | None = None
        self._is_taken = self._is_called_off = False
        self.unread: Unread | None = None

    @property
    def is_due(self) -> bool:
        """Whether another life is to follow this one."""
        return self._is_taken and not self._is_called_off

    def keep(self, descriptor: int) -> None:
        """The listening socket, which the next life goes on with."""
        self._socket = os.dup(descriptor)

    def heed(self, end: Callable[[], object]) -> None:
        """A SIGHUP looks at the configuration, as does one that came while relay started; ``end`` ends this life.

        One that comes because the terminal is gone in which relay runs ends it for good, as it would anything else.
        """

        def hear(*_: object) -> None:
            if self._had_terminal and not has_terminal():
                signal.raise_signal(signal.SIGTERM)
            else:
                threading.Thread(target=self.look, args=(end,), daemon=True).start()

        signal.signal(signal.SIGHUP, hear)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})
        if self._watch:
            self._watch.begin(lambda: self.look(end), self._is_over)

    def look(self, end: Callable[[], object]) -> None:
        """Take a good configuration; of any other say since when it is not taken, and go on."""
        with self._lock:
            if self._is_taken or self._is_called_off:
                return
            if why := self._read():
                since = self.unread.since if self.unread else self._clock()
                self.unread = Unread(since, why)
                log.warning("the configuration is not taken, relay goes on with the one before: %s", why)
                return
            self.unread, self._is_taken = None, True
            self._is_over.set()
        log.info("the configuration is taken: relay begins anew")
        end()

    def call_off(self) -> None:
        """Whoever ends relay means it: no life follows, whatever was taken before or is taken now."""
        self._is_called_off = True

    def go(self) -> NoReturn:
        """The end of this life while something of it is still at work."""
        if self.is_due:
            self.begin_anew()
        gone()

    def begin_anew(self) -> NoReturn:
        """The same command in the same process, with everything read again."""
        deaf()
        environment = dict(os.environ)
        if self._socket is not None:
            os.dup2(self._socket, HANDED_OVER)
            os.set_inheritable(HANDED_OVER, True)  # noqa: FBT003  # as os has it
            environment |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606  # itself


def told(leaving: Ending, renewal: Renewal | None, number: int) -> None:
    """A signal came. One that is to end relay counts for more than one that has begun to renew it."""
    if renewal and number != signal.SIGHUP:
        renewal.call_off()
    leaving.told()


def has_terminal() -> bool:
    """Whether one of the standard streams is a terminal that is still there; `nohup` and services have none."""
    return any(os.isatty(stream) for stream in (0, 1, 2))


def deaf() -> None:
    """A SIGHUP waits until there is somebody to ``heed`` it: it may be of a file that changed after it was read."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})


def handed_over() -> int | None:
    """The listening socket that this process was given, once."""
    own = os.environ.pop("LISTEN_PID", "") == str(os.getpid())
    number = os.environ.pop("LISTEN_FDS", "")
    return HANDED_OVER if own and number == "1" else None
