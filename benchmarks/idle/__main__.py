"""What the daemon costs while it has nothing to do, with much in store: memory, and CPU between polls.

    python -m benchmarks.idle [--sources N] [--waiting N] [--seconds S] [--python OF_ANOTHER_ENVIRONMENT]

``relay run`` itself, on a SQLite file with 100,000 cross-posts that wait, and a configuration of 10,000 sources of
which none is due. Goals: 80 MB that are resident, one hundredth of a core. The end is 1 where one is not reached.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from tests.real.ports import free_port

from benchmarks.cost import Held, descendants, held, share
from benchmarks.daemon import answers, running
from benchmarks.idle.filled import filled, written
from benchmarks.queueing.filling import TOKEN

MEMORY, CORE = 80.0, 0.01
"""The goals: megabytes (1000 x 1000 bytes) of the daemon itself, and the share of a core."""
PATIENCE = 300.0
"""Seconds until the benchmark gives up."""
CALM = 0.2
"""The share of a core below which the daemon has done what a start brings."""
PAGES = ("/review", "/queue", "/sources", "/accounts", "/health", "/review?state=sent", "/queue?q=quartier")
"""What an editor looks at who comes by."""


def main(words: Sequence[str] | None = None) -> int:
    """Fill, start, wait until it is calm, and measure: alone, and after an editor came by."""
    asked = _parser().parse_args(words)
    with TemporaryDirectory(prefix="relay-idle-") as name:
        folder, port = Path(name), free_port()
        file = written(folder, port, asked.sources)
        filled(folder / "relay.db", asked.sources, asked.waiting)
        url = f"http://127.0.0.1:{port}"
        with (
            httpx.Client(base_url=url, cookies={"relay": TOKEN}, trust_env=False, timeout=PATIENCE) as client,
            running(file, lambda one: _is_calm(one, client), PATIENCE, asked.python) as daemon,
        ):
            print(f"{asked.sources:,} sources, {asked.waiting:,} cross-posts that wait; {asked.seconds:.0f} s")
            idle = _measured(daemon.pid, asked.seconds)
            _look(client)
            after = _measured(daemon.pid, asked.seconds / 3)
    return _said(idle, after)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--python", default=sys.executable, help="of another environment, such as one without tools")
    return parser


def _is_calm(daemon: "subprocess.Popen[bytes]", client: httpx.Client) -> bool:
    return answers(client, "/health") and share(daemon.pid, 2.0) < CALM


def _look(client: httpx.Client) -> None:
    for path in PAGES:
        client.get(path)
    time.sleep(2)


def _measured(daemon: int, seconds: float) -> tuple[float, Held, Held]:
    """The share of a core that daemon and children have, what it holds, and what they hold."""
    used = share(daemon, seconds)
    theirs = [held(pid) for pid in descendants(daemon)]
    return used, held(daemon), Held(sum(one.resident for one in theirs), sum(one.own for one in theirs))


def _said(idle: tuple[float, Held, Held], after: tuple[float, Held, Held]) -> int:
    print(f"\n| | of a core (goal {CORE:.0%}) | MB resident (goal {MEMORY:.0f}) | its own | children: resident | own |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, (used, own, theirs) in (("idle", idle), ("after an editor came by", after)):
        figures = f"{own.resident:.1f} | {own.own:.1f} | {theirs.resident:.1f} | {theirs.own:.1f}"
        print(f"| {name} | {used:.2%} | {figures} |")
    return 0 if idle[0] <= CORE and idle[1].resident <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
