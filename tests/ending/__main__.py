"""``python -m tests.ending``: the daemon is told to end under load, copied under load, and put back; 1 where it fails."""
# ruff: noqa: T201  # it is a command

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ending.copied import copied
from tests.ending.restored import BLIND
from tests.ending.restored import run as restored
from tests.ending.told import PLANTS, Plan, Report, run


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.ending", description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="how often the daemon is told to end (100)")
    parser.add_argument("--seed", type=int, default=0, help="which moments are chosen (0)")
    parser.add_argument("--plant", choices=sorted(PLANTS), default="", help="a bug to plant, which must be found")
    parser.add_argument("--copies", type=int, default=0, help="instead, how many copies are made under load")
    parser.add_argument("--restores", type=int, default=0, help="instead, how often a copy of an hour ago is put back")
    parser.add_argument("--blind", action="store_true", help="with --restores: without a look, which must be found")
    asked = parser.parse_args()
    if asked.copies or asked.restores:
        return _copies(asked.copies) or _restores(asked.restores, BLIND if asked.blind else "")
    with TemporaryDirectory(prefix="relay-ending-") as folder:
        report = run(Plan(asked.times, asked.seed, plant=asked.plant), Path(folder))
    print(_told(report))
    return 0 if report.holds else 1


def _copies(times: int) -> int:
    with TemporaryDirectory(prefix="relay-ending-") as folder:
        sound = copied(Path(folder), times)
    print(f"{sound} of {times} copies are sound")
    return int(sound != times)


def _restores(times: int, before: str) -> int:
    wrong = 0
    for number in range(times):
        with TemporaryDirectory(prefix="relay-ending-") as folder:
            found = restored(Path(folder), number, before)
        wrong += bool(found.twice)
        print(
            f"{len(found.shown)} posts, {len(found.twice)} of them twice, {len(found.unknown)} for a person to look at"
        )
    return int(wrong > 0)


def _told(report: Report) -> str:
    found, ends = report.settled, len(report.took)
    return "\n".join(
        [
            f"{ends} ends, codes {dict(report.codes)}: {_span(report.took)} s; told twice {len(report.again)}: {_span(report.again)} s",
            f"{sum(report.flying)} posts in flight at the signals ({_span([*map(float, report.flying)])} at each), {report.polls} polls",
            f"{report.cut} rows left as being sent; {report.doubted} looked for later",
            f"of {found.posts} posts {found.lost} lost, {found.duplicated} duplicated, {found.unexpected} unexpected",
            f"{found.told} were given up by a person who looked there",
            *(found.wrong or ("the database is whole, and the audit's chain holds",)),
            f"{report.seconds:.0f} s",
        ]
    )


def _span(numbers: list[float]) -> str:
    return f"{min(numbers):.1f} to {max(numbers):.1f}" if numbers else "none"


if __name__ == "__main__":
    sys.exit(main())
