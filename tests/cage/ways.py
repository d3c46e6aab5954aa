"""Less usual ways to do harm, for a process that somebody has taken over: each with what it is given."""

import ctypes
import fcntl
import os
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path


def _queue(process: str) -> str:
    """Another way to send a signal."""
    return _asked(ctypes.CDLL(None, use_errno=True).sigqueue(int(process), signal.SIGTERM, None))


def _own(process: str) -> str:
    """And a third: whenever something comes through the pipe, the kernel sends it."""
    fcntl.fcntl(3, fcntl.F_SETOWN, int(process))
    fcntl.fcntl(3, 10, signal.SIGTERM)  # F_SETSIG
    fcntl.fcntl(3, fcntl.F_SETFL, os.O_ASYNC)
    return "owned"


def _lock(file: str) -> str:
    """As SQLite would: whoever reads keeps out whoever writes."""
    fcntl.lockf(os.open(file, os.O_RDONLY), fcntl.LOCK_SH)
    return "locked"


def _mode(file: str) -> str:
    return _asked(ctypes.CDLL(None, use_errno=True).fchmod(os.open(file, os.O_RDONLY), 0o777))


def _stamp(file: str) -> str:
    os.utime(file, (0, 0))
    return "stamped"


def _type(_: str) -> str:
    """A key, as if it were typed at the terminal (TIOCSTI)."""
    fcntl.ioctl(3, 0x5412, b"x")
    return "typed"


def _more(_: str) -> str:
    """Memory without end."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError:
        return "refused"
    return "had"


def _asked(answer: int) -> str:
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "done"


def _nest(_: str) -> None:
    """An answer in which there is no end of lists."""
    answer = b"A\x81\xa1x" + b"\x91" * 100_000 + b"\xc0"
    os.write(4, len(answer).to_bytes(4, "big") + answer)
    time.sleep(60)


WAYS: dict[str, Callable[[str], object]] = {
    "queue": _queue,
    "own": _own,
    "lock": _lock,
    "mode": _mode,
    "stamp": _stamp,
    "type": _type,
    "more": _more,
    "nest": _nest,
    "session": lambda _: os.getsid(0) == os.getpid(),
    "look": lambda what: len(Path(f"/proc/{os.getppid()}/{what}").read_bytes()),
}
