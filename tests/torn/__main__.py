"""``python -m tests.torn [--regenerations 1000 --kills 300]``: whole files for every reader; 1 where one was not."""
# ruff: noqa: T201  # it is a command

import argparse
import sys

from tests.torn.plants import PLANTS
from tests.torn.tearing import Plan, Report, run

_TOLD = 8


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.torn", description=__doc__)
    parser.add_argument("--regenerations", type=int, default=60, help="versions of all documents (60)")
    parser.add_argument("--kills", type=int, default=15, help="publishers that are killed at work (15)")
    parser.add_argument("--readers", type=int, default=8, help="processes that read, one in four over HTTP (8)")
    parser.add_argument("--reads", type=int, default=0, help="go on until there were as many (0)")
    parser.add_argument("--breath", type=float, default=0.005, help="seconds between two reads of a reader (0.005)")
    parser.add_argument("--seed", type=int, default=0, help="which moments are chosen (0)")
    parser.add_argument("--plant", choices=sorted(PLANTS), default="", help="a bug to plant, which must be found")
    asked = parser.parse_args()
    report = run(Plan(**vars(asked)))
    print(_told(report))
    return 0 if report.holds else 1


def _told(report: Report) -> str:
    names = ("torn", "empty", "mixed", "missing", "unequal", "mistagged", "older", "refused")
    return "\n".join(
        [
            f"{report.reads} reads: " + ", ".join(f"{name} {report.wrong[name]}" for name in names),
            f"{report.published} versions published, {report.kills} publishers killed",
            f"{report.left} temporary files lay about at the deaths, {report.strays} after the next start",
            f"{report.seconds:.1f} s",
            *report.told[:_TOLD],
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
