"""``python -m tests.supply --audit``: what is pinned, held against the known holes, where their list is in reach."""

import argparse
import json
import os
import socket
import subprocess
import sys
import venv
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import httpx

from tests.supply.audit import holes, names
from tests.supply.lock import LOCKS, ROOT

HOST = "api.osv.dev"
PIP_AUDIT = "pip-audit==2.10.1"
SECONDS = 18
"""For all of it: a list that is slow today is asked tomorrow."""


def main() -> int:
    """1 if a high one is known for more than seven days; 0 with the reason where nobody could be asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.supply", description=main.__doc__)
    parser.add_argument("--audit", action="store_true", required=True)
    parser.add_argument("--lock", choices=LOCKS, default=LOCKS[0])
    asked, until = parser.parse_args(), monotonic() + SECONDS
    try:
        with TemporaryDirectory() as folder:
            told = _told(Path(folder), asked.lock, until)
        described = {name: record for name in names(told) if (record := _described(name, until))}
    except (OSError, subprocess.SubprocessError, httpx.HTTPError, ValueError) as error:
        return say(f"{asked.lock}: not audited, the list of known holes is not in reach: {_reason(error)}", 0)
    now = datetime.now(UTC)  # noqa: TID251  # there is no clock to be handed here
    found = holes(told, described)
    for hole in found:
        say(f"{'FAILED' if hole.fails(now) else 'noted'}: {hole}", 0)
    packages = len(told["dependencies"])
    return say(f"{asked.lock}: {packages} audited, {len(found)} known holes", int(any(one.fails(now) for one in found)))


def say(line: str, code: int) -> int:
    """A line, and what comes of it."""
    sys.stdout.write(f"{line}\n")
    return code


def _told(folder: Path, lock: str, until: float) -> dict[str, Any]:
    """What pip-audit says, in an environment of its own; it exits with 1 where it has found something."""
    socket.create_connection((HOST, 443), 5).close()
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    install = [*pip(), "--disable-pip-version-check", "--python", str(python), "install", "-q", PIP_AUDIT]
    subprocess.run(install, check=True, capture_output=True, timeout=until - monotonic())
    how = ["--require-hashes", "--disable-pip", "--no-deps", "-s", "osv", "-f", "json", "--progress-spinner", "off"]
    command = [str(python), "-m", "pip_audit", *how, "-r", str(ROOT / lock)]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=until - monotonic(), env=environment
    )
    if not done.stdout.strip():
        raise ValueError(done.stderr.strip().rpartition("\n")[2][:200])
    return dict(json.loads(done.stdout))


def pip() -> list[str]:
    """Of this environment, or the machine's: Debian's Python makes environments without one."""
    return [sys.executable if find_spec("pip") else "python3", "-m", "pip"]


def _described(name: str, until: float) -> dict[str, Any] | None:
    """OSV's own record, where it has one under this name."""
    answer = httpx.get(f"https://{HOST}/v1/vulns/{name}", timeout=max(0.1, until - monotonic()))
    return dict(answer.raise_for_status().json()) if answer.status_code != 404 else None


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
