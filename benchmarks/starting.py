"""What it costs to start: a fresh interpreter that imports relay, and commands beside an interpreter that does nothing.

CPU seconds (user and system) and the most memory that was resident, each less those of a bare interpreter; the best of
several runs, for a busy machine only ever adds. Commands are told as a ratio: their CPU to that of ``python -c pass``.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

CPU, MEMORY = 0.35, 60.0
"""The goals for ``import relay.wiring``: seconds, and megabytes (1000 x 1000 bytes)."""

STARTS = {
    "import relay.wiring": "import relay.wiring",
    "relay health": "import relay.cli.main, relay.cli.health",
    "relay count": "import relay.cli.main, relay.cli.count",
    "relay run": "import relay.cli.main, relay.daemon, relay.web.app",
}


HELP = 8.0
"""The goal for ``relay --help``: so many times the CPU of an interpreter that does nothing."""

COMMANDS = {
    "relay --help": ("--help",),
    "relay --version": ("--version",),
    "relay count --help": ("count", "--help"),
    "relay health --help": ("health", "--help"),
    "relay check --help": ("check", "--help"),
    "relay queue --help": ("queue", "--help"),
    "relay run --help": ("run", "--help"),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU in seconds, memory in megabytes."""

    cpu: float
    memory: float


def main() -> int:
    """Print a line for each start and command; 1 if the first of either is above its goals."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.starting")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", default=sys.executable, help="of another environment, such as one without tools")
    chosen = parser.parse_args()
    bare = best(chosen.python, chosen.rounds, "-c", "pass")
    costs = {name: best(chosen.python, chosen.rounds, "-c", code) for name, code in STARTS.items()}
    print(f"| start | CPU, s (goal {CPU}) | memory, MB (goal {MEMORY:.0f}) |\n|---|--:|--:|")
    for name, cost in costs.items():
        print(f"| {name} | {cost.cpu - bare.cpu:.3f} | {cost.memory - bare.memory:.1f} |")
    commands = {name: best(chosen.python, chosen.rounds, "-m", "relay", *words) for name, words in COMMANDS.items()}
    print(f"\n| command | × bare interpreter's CPU (goal {HELP:.0f} for the first) |\n|---|--:|")
    print("\n".join(f"| `{name}` | {cost.cpu / bare.cpu:.1f} |" for name, cost in commands.items()))
    wiring, is_slow = costs["import relay.wiring"], commands["relay --help"].cpu > HELP * bare.cpu
    return 1 if is_slow or wiring.cpu - bare.cpu > CPU or wiring.memory - bare.memory > MEMORY else 0


def best(python: str, rounds: int, *words: str) -> Cost:
    """The least of ``rounds`` runs; one before them writes what Python keeps of compiled modules."""
    runs = [_run((python, *words)) for _ in range(rounds + 1)][1:]
    return Cost(min(run.cpu for run in runs), min(run.memory for run in runs))


def _run(command: Sequence[str]) -> Cost:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)


if __name__ == "__main__":
    sys.exit(main())
