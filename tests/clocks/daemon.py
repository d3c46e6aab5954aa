"""The real daemon under a clock that is set: ``relay run`` with libfaketime, and everything on loopback.

libfaketime makes a pause of Python's own fail (EINVAL); in this process a pause waits for an event instead.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LIBRARY = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
"""``None`` where it is not installed."""
_PROGRAM = """
import sys, threading, time
time.sleep = lambda seconds: threading.Event().wait(seconds)
from relay.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


def is_there() -> bool:
    """Whether a clock can be set for one process alone."""
    return LIBRARY is not None


class Watch:
    """The file by which the clock of the daemon is set."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.set(0)

    def set(self, seconds: int) -> None:
        """So far from the real time."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n")
        new.replace(self.file)


@contextmanager
def running(configuration: Path, watch: Watch) -> Iterator[subprocess.Popen[str]]:
    """The daemon, from its start on."""
    faked = {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME_TIMESTAMP_FILE": str(watch.file),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_NO_CACHE": "1",
    }
    log = (configuration.parent / "daemon.log").open("w")
    command = [sys.executable, "-c", _PROGRAM, "run", "--config", str(configuration)]
    with log, subprocess.Popen(command, stderr=log, text=True, env={**os.environ, **faked}) as process:
        try:
            yield process
        finally:
            process.kill()


def until(holds: Callable[[], object], seconds: float) -> float:
    """How long it took until it held; infinite where it did not in time."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if holds():
            return time.monotonic() - begun
        time.sleep(0.05)
    return float("inf")
