"""``python -m tests.power [--cuts 2000 --plant normal]``: what is left after a power cut; 1 where it is too little."""
# ruff: noqa: T201  # it is a command

import argparse
import sys

from tests.power.cutting import Plan, Report, run
from tests.power.plants import PLANTS

_TOLD = 5


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.power", description=__doc__)
    parser.add_argument("--cuts", type=int, default=200, help="how often the power fails (200)")
    parser.add_argument("--turns", type=int, default=12, help="how long relay works: from a source to networks (12)")
    parser.add_argument("--seed", type=int, default=0, help="which moments, and what is left then (0)")
    parser.add_argument("--plant", choices=sorted(PLANTS), default="", help="a weaker promise, to be found")
    asked = parser.parse_args()
    plan = Plan(asked.cuts, asked.turns, asked.seed, asked.plant)
    report = run(plan)
    print(_told(plan, report))
    return 0 if report.found.holds else 1


def _told(plan: Plan, report: Report) -> str:
    wrong = report.found.wrong
    names = ("corrupt", "lost", "blind", "broken", "unstartable", "unfinished")
    return "\n".join(
        [
            f"{report.found.images} cuts: " + ", ".join(f"{name} {wrong[name]}" for name in names),
            f"in {report.writes} events of the disk, {report.commits} commits and {report.requests} requests",
            f"relay went on after {report.resumed} of them",
            f"synchronous={PLANTS[plan.plant].synchronous}, seed {plan.seed}, {report.seconds:.1f} s",
            *report.found.told[:_TOLD],
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
