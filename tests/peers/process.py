"""One run of a tool, in a process of its own, which dies where it is told to."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 120
"""Seconds that a run may take; whoever takes longer hangs."""
_LOOK = 0.002


@dataclass(frozen=True, slots=True)
class Death:
    """So many seconds ``after`` the tool has said so many ``words``: it asks for the feed once, then sends posts."""

    words: int
    after: float


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended: with a ``code`` of its own, or killed."""

    code: int
    died: bool


def once(
    command: Sequence[str],
    folder: Path,
    heard: Callable[[], int],
    death: Death | None,
    patience: float = PATIENCE,
) -> Ran:
    """Start it, and kill it (SIGKILL) if it lives to see its death; what it says is added to ``folder/said``."""
    before = heard()
    with (
        (folder / "said").open("ab") as said,
        subprocess.Popen(command, cwd=folder, env=_environment(folder), stdout=said, stderr=said) as process,
    ):
        if death and _reached(process, lambda: heard() - before >= death.words, death.after):
            process.kill()
            return Ran(code := process.wait(), died=code == -signal.SIGKILL)
        return Ran(_end(process, patience), died=False)


def _reached(process: subprocess.Popen[bytes], is_time: Callable[[], bool], after: float) -> bool:
    """Whether it still lives when its time has come."""
    until = time.monotonic() + PATIENCE
    while not is_time() and process.poll() is None and time.monotonic() < until:
        time.sleep(_LOOK)
    time.sleep(after)
    return process.poll() is None


def _end(process: subprocess.Popen[bytes], patience: float) -> int:
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        return 124


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the machine's but where programs are: no tool finds another's configuration, or a proxy."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "NO_PROXY": "127.0.0.1"}
