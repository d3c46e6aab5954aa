"""``python -m tests.torture [--kills 1000 --posts 10000]``: exactly once, whatever crashes; 1 where it was not."""
# ruff: noqa: T201  # it is a command

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.torture.plants import PLANTS
from tests.torture.torment import Plan, Report, run


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how many workers die (100)")
    parser.add_argument("--posts", type=int, default=1000, help="how many posts are approved (1000)")
    parser.add_argument("--seed", type=int, default=0, help="which moments are chosen (0)")
    parser.add_argument("--faults", type=float, default=0.08, help="the share of calls that fail (0.08)")
    parser.add_argument("--plant", choices=sorted(PLANTS), default="", help="a bug to plant, which must be found")
    asked = parser.parse_args()
    plan = Plan(asked.posts, asked.kills, asked.seed, asked.faults, asked.plant)
    with TemporaryDirectory(prefix="relay-torture-") as folder:
        report = run(plan, Path(folder))
    print(_told(plan, report))
    return 0 if report.holds else 1


def _told(plan: Plan, report: Report) -> str:
    found = report.verdict
    return "\n".join(
        [
            f"lost {found.lost}, duplicated {found.duplicated}, unexpected {found.unexpected}, recovered {found.recovered}",
            f"of {found.posts} posts {found.sent} are sent, and {found.told} were given up by a person who looked there",
            f"{plan.kills} workers died ({_ways(report)}) with {report.in_flight} posts in flight",
            f"{report.late_ends} workers did not end in time when they were told to",
            f"{plan.faulty:.0%} faults, seed {plan.seed}, {report.seconds:.1f} s",
            *(found.wrong or ("the database is whole, and the audit's chain holds",)),
        ]
    )


def _ways(report: Report) -> str:
    return ", ".join(f"{way} {number}" for way, number in sorted(report.ways.items()))


if __name__ == "__main__":
    sys.exit(main())
