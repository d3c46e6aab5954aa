"""Real servers, started on loopback for as long as tests need them, out of what ``.ci/run`` installs."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

LAB = Path(__file__).parents[2] / ".lab"
PATIENCE = 90.0
"""Seconds within which a server must answer."""


def need(*files: Path | str) -> None:
    """Skip the test where a server is not installed, and say how it comes there."""
    if missing := [str(file) for file in files if not Path(file).exists()]:
        pytest.skip(f"needs {missing[0]}: run .ci/run, which installs it")


@contextmanager
def running(
    command: Sequence[Path | str],
    folder: Path,
    is_ready: Callable[[], bool],
    environment: Mapping[str, str] | None = None,
) -> Iterator[None]:
    """Start a program in ``folder``, wait until it is ready, and end it and its children; what it says is in ``log``."""
    with (
        (folder / "log").open("ab") as log,
        subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            _wait(process, folder / "log", is_ready)
            yield
        finally:
            _end(process)


def answers(url: str) -> Callable[[], bool]:
    """Whether a server answers there at all."""

    def is_there() -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(url, trust_env=False, timeout=10).status_code < httpx.codes.INTERNAL_SERVER_ERROR
        return False

    return is_there


def _wait(process: subprocess.Popen[bytes], log: Path, is_ready: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_ready():
        said = log.read_text(errors="replace")[-4000:]
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}:\n{said}"
        assert time.monotonic() < end, f"{process.args!r} does not answer:\n{said}"
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Politely, and otherwise all of its session, which has nothing in it but the program and its children."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=15)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
