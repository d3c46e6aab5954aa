"""What a process takes away from itself before it reads a stranger's document."""

import math
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from relay.intake.caged.allowance import PICTURE, Allowance
from relay.intake.caged.denial import deny
from relay.intake.caged.hiding import weaken

_PAGE = os.sysconf("SC_PAGE_SIZE")


def confine() -> int:
    """Nothing more can be opened to write, connected or started from now on; the bytes of an idle process.

    What a machine does not let it take away stays: the next of these still holds.
    """
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)  # relay ends it, by closing its pipe: a document may be half read
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")  # where memory runs out, this goes and relay stays
    sys.dont_write_bytecode = True
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        with suppress(OSError, ValueError):
            resource.setrlimit(nothing, (0, 0))
    with suppress(OSError, ValueError):
        os.nice(5)
    weaken()
    deny()
    idle = size()
    _limit(resource.RLIMIT_AS, idle + PICTURE.memory, for_good=True)
    return idle


def size() -> int:
    """Bytes of address space that this process has."""
    told = os.open("/proc/self/statm", os.O_RDONLY)
    try:
        return int(os.read(told, 100).split()[0]) * _PAGE
    finally:
        os.close(told)


def allow(allowance: Allowance, idle: int) -> None:
    """The next document may take so much and no more; seconds are counted from the process's beginning on."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, math.ceil(spent.ru_utime + spent.ru_stime) + allowance.processor)
    _limit(resource.RLIMIT_AS, idle + allowance.memory)
    signal.alarm(math.ceil(allowance.clock) + 60)  # should relay be gone, nobody else ends it


def rest() -> None:
    """A document has been read."""
    signal.alarm(0)


def _limit(what: int, most: int, *, for_good: bool = False) -> None:
    with suppress(OSError, ValueError):
        resource.setrlimit(what, (most, most if for_good else resource.getrlimit(what)[1]))
