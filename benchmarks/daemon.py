"""``relay run`` on loopback, for as long as something of it is measured."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

SERVICE = """\
version = 1
language = "fr"
timezone = "Europe/Paris"

[service]
listen = "127.0.0.1:{port}"
feeds  = "{folder}/feeds"
allow  = ["127.0.0.1"]
"""
"""How a configuration begins; more keys of the service may follow."""
SANDBOXES = """
[accounts.masto]
network  = "sandbox"
server   = "{server}"
imitates = "mastodon"

[accounts.bsky]
network  = "sandbox"
server   = "{server}"
imitates = "bluesky"
"""


def names(number: int) -> str:
    """Of so many sources, as a list of a configuration has them."""
    return ", ".join(f'"s{n}"' for n in range(number))


@contextmanager
def running(
    file: Path,
    is_ready: Callable[["subprocess.Popen[bytes]"], bool],
    patience: float = 60.0,
    python: str = sys.executable,
    environment: Mapping[str, str] | None = None,
) -> Iterator["subprocess.Popen[bytes]"]:
    """The daemon of a configuration, once it ``is_ready``; ``SystemExit`` with its log where it never is."""
    log, end = file.with_suffix(".log"), time.monotonic() + patience
    command = (python, "-m", "relay", "run", "--config", str(file))
    with log.open("w", encoding="utf-8") as told, subprocess.Popen(command, stderr=told, env=environment) as daemon:
        try:
            while not is_ready(daemon):
                if daemon.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"the daemon is not ready:\n{log.read_text(encoding='utf-8')[-2000:]}")
                time.sleep(0.1)
            yield daemon
        finally:
            daemon.terminate()


def answers(client: httpx.Client, path: str) -> bool:
    """Whether there is a page for this browser."""
    try:
        return client.get(path).is_success
    except httpx.TransportError:
        return False
