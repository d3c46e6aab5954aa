"""``python -m tests.scale``: relay as many processes, which die, stop and are cut off; 1 where a promise is broken."""
# ruff: noqa: T201  # it is a command

import argparse
import signal
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.real.postgresql import NotHereError
from tests.scale import database
from tests.scale.plan import SHORT, Plan, Times
from tests.scale.plants import PLANTS
from tests.scale.report import told
from tests.scale.run import run

DRAINING = 150
"""Seconds that the last doubts take, once the processes are left alone."""


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    asked = _parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # with everything that it has started
    plan = _plan(asked)
    try:
        with database.standing() as server, TemporaryDirectory(prefix="relay-scale-", dir=asked.folder) as folder:
            found = run(plan, Path(asked.keep or folder), server, _said)
    except NotHereError as error:
        print(error, file=sys.stderr)
        return 2
    print(told(plan, found))
    return 0 if found.holds else 1


def _plan(asked: Namespace) -> Plan:
    times = SHORT if asked.hasty else Times(lease=asked.lease, post=asked.lease, every=asked.every)
    seconds = max(asked.minutes * 60 - (20 if asked.hasty else DRAINING), 10)
    patience = 30 if asked.hasty else 180
    plan = Plan(asked.sources, asked.posts, asked.workers, asked.webs, asked.stops, asked.kills, asked.cuts)
    more = {"alone": asked.alone, "faulty": asked.faults, "seed": asked.seed, "plant": asked.plant}
    return replace(plan, seconds=seconds, patience=patience, times=times, **more)


def _said(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.scale", description=__doc__)
    parser.add_argument("--sources", type=int, default=1000, help="how many sources, ten on a host (1000)")
    parser.add_argument("--posts", type=int, default=1000, help="how many posts are approved (1000)")
    parser.add_argument("--workers", type=int, default=4, help="how many workers (4)")
    parser.add_argument("--webs", type=int, default=2, help="how many web processes, behind Caddy (2)")
    parser.add_argument("--stops", type=int, default=20, help="stops longer than a lease (20)")
    parser.add_argument("--kills", type=int, default=10, help="deaths (10)")
    parser.add_argument(
        "--cuts", type=int, default=10, help="times that one is cut off the database, for 1 to 120 s (10)"
    )
    parser.add_argument("--alone", type=int, default=4, help="how many of the stops and deaths come one at a time (4)")
    parser.add_argument("--lease", type=float, default=15, help="seconds of a lease (15, as relay has it)")
    parser.add_argument("--every", type=float, default=60, help="seconds between two polls of a source (60)")
    parser.add_argument("--hasty", action="store_true", help="all times as in the suite: leases of a few seconds")
    parser.add_argument("--minutes", type=float, default=5, help="how long it takes, with its end (5)")
    parser.add_argument("--faults", type=float, default=0.02, help="the share of calls that fail (0.02)")
    parser.add_argument("--seed", type=int, default=0, help="which moments are chosen (0)")
    parser.add_argument("--plant", choices=sorted(PLANTS), default="", help="a bug to plant, which must be found")
    parser.add_argument("--folder", type=Path, help="where the run has its files (the system's)")
    parser.add_argument("--keep", type=Path, help="a folder of which nothing is removed afterwards, logs among it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
