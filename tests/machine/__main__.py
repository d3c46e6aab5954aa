"""``python -m tests.machine --steps 500000 [--jobs 2]``: whatever everybody does, in any order; 1 where it does not hold."""
# ruff: noqa: T201  # it is a command

import argparse
import logging
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.machine.plants import PLANTS
from tests.machine.process import opened
from tests.machine.walk import STEPS, Tally, Violation, kind_of, shortened, steps_of, walk

QUICK = Path("/dev/shm")  # noqa: S108  # a folder in memory, in which one of our own is made
AT_ONCE = 50
"""Walks that a job makes before it says how it went."""
ENOUGH = 3
"""So many walks that went wrong are enough to begin with."""


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.machine", description=__doc__)
    parser.add_argument("--steps", type=int, default=20_000, help="how many steps in all (20,000)")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first walk (0)")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes share them (1)")
    parser.add_argument("--database", default="", help="an EMPTY database, whose rows are all deleted; else files")
    parser.add_argument("--plant", choices=sorted(PLANTS), default="", help="a bug to plant, which must be found")
    asked = parser.parse_args()
    total, found = Tally(), list[Violation]()
    start, walks = time.monotonic(), max(asked.steps // STEPS, 1)
    with ProcessPoolExecutor(asked.jobs) as pool:
        seeds = range(asked.seed, asked.seed + walks)
        parts = [seeds[first : first + AT_ONCE] for first in range(0, walks, AT_ONCE)]
        for done in as_completed([pool.submit(some, part, asked.database, asked.plant) for part in parts]):
            tally, wrong = done.result()
            total.steps, found = total.steps + tally.steps, [*found, *wrong]
            total.seen.update(tally.seen)
            for one in wrong:
                print(f"\nseed {one.seed} ({one.kind}): {one.what}", file=sys.stderr)
            print(f"\r{total.steps} of {walks * STEPS} steps, {len(found)} wrong ", end="", file=sys.stderr, flush=True)
            if len(found) >= ENOUGH:
                pool.shutdown(cancel_futures=True)
                break
    print(file=sys.stderr)
    print(told(total, found, (walks * STEPS, time.monotonic() - start)))
    return 1 if found else 0


def some(seeds: range, database: str, plant: str) -> tuple[Tally, list[Violation]]:
    """The walks of these seeds, on a database of their own in memory."""
    logging.disable(logging.CRITICAL)
    tally, found = Tally(), []
    with TemporaryDirectory(dir=QUICK if QUICK.is_dir() else None) as folder, pytest.MonkeyPatch.context() as patch:
        process = opened(database or str(Path(folder) / "relay.db"), durable=False)
        PLANTS[plant](patch)
        for seed in seeds:
            if walk(process, kind_of(seed), steps_of(seed), tally):
                steps, what = shortened(process, kind_of(seed), steps_of(seed))
                found.append(Violation(seed, kind_of(seed), what, steps))
                break
        tally.seen["deaths"] += process.deaths
        process.db.close()
    return tally, found


def told(tally: Tally, found: list[Violation], asked: tuple[int, float]) -> str:
    """What was asked, what was reached, and how to come to the same again."""
    steps, seconds = asked
    lines = [", ".join(f"{name} {number}" for name, number in sorted(tally.seen.items()))]
    for one in found:
        again = f"python -m tests.machine --seed {one.seed} --steps {STEPS}"
        lines += [
            f"seed {one.seed} ({one.kind}): {one.what}",
            *(f"    {step}" for step in one.steps),
            f"again: {again}",
        ]
    speed = tally.steps / seconds
    lines.append(f"{tally.steps} of {steps} steps in {seconds:.0f} s ({speed:.0f} a second): {len(found)} violations")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
