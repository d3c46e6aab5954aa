"""A month of news, judging, posting and reading, in minutes: does relay hold more memory each day?

    python -m benchmarks.month [--days 30] [--sources 50] [--each HOURS] [--full] [--grown]

The steps of the service in one process, with a clock that is moved by hand. After each day the caches that have a
bound are emptied, unless they are to stay ``--full``, and what is left is counted. The end is 1 where it grows by more
than what new rows account for.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.month import crowd
from benchmarks.month.held import Day, kinds, look
from benchmarks.month.service import Living, living
from benchmarks.month.town import START, Town, standing
from benchmarks.month.trend import trend
from relay.cli import thrift

WARM = 3
"""Days in which caches fill and libraries are loaded."""
A_ROW = {"trimmed": 0.0002, "objects": 0.2, "blocks": 0.5}
"""What one new row may leave behind, in megabytes, objects and blocks."""


def main(words: Sequence[str] | None = None) -> int:
    """The days, and what they show."""
    asked = _parser().parse_args(words)
    thrift.begin()  # as ``relay run`` does
    with (
        TemporaryDirectory(prefix="relay-month-") as folder,
        standing() as town,
        living(Path(folder), town.url, asked.sources) as relay,
    ):
        print("| day | MB | MB trimmed | of children | objects | blocks | rows | CPU s |")
        print("|--:|--:|--:|--:|--:|--:|--:|--:|")
        days, seen = [], {}
        for number in range(1, asked.days + 1):
            days.append(_day(relay, town, number, asked))
            if asked.grown and number in {WARM, asked.days}:
                seen[number] = kinds()
    if asked.grown and asked.days > WARM:
        _say_grown(days, seen[asked.days] - seen[WARM])
    return _judged(days)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--sources", type=int, default=50)
    parser.add_argument("--each", type=int, default=6, help="hours between two rounds of the loops")
    parser.add_argument("--full", action="store_true", help="leave in its caches what they have a bound for")
    parser.add_argument("--grown", action="store_true", help="tell which kinds of objects and which caches have grown")
    return parser


def _day(relay: Living, town: Town, number: int, asked: argparse.Namespace) -> Day:
    chance, tags = Random(number), dict[str, str]()  # noqa: S311
    for hour in range(0, 24, asked.each):
        relay.clock.now = START + timedelta(days=number - 1, hours=hour)
        town.at(relay.clock.now)
        relay.step()
        crowd.hour(relay, chance, tags)
    relay.step()
    day = look(relay, number, full=asked.full)
    figures = (
        f"{day.resident:.1f} | {day.trimmed:.1f} | {day.children:.1f} | {day.objects:,} | {day.blocks:,} | {day.rows:,}"
    )
    print(f"| {number} | {figures} | {process_time():.0f} |", flush=True)
    return day


def _judged(days: Sequence[Day]) -> int:
    rows = trend([day.rows for day in days[WARM:]]).slope
    print(f"\n{rows:,.0f} rows a day\n\n| after day {WARM} | a day | give or take | goal: at most |\n|---|--:|--:|--:|")
    found = {name: trend([getattr(day, name) for day in days[WARM:]]) for name in A_ROW}
    for name, one in found.items():
        print(f"| {name} | {one.slope:,.2f} | {one.spread:,.2f} | {_most(name, rows):,.2f} |")
    return 0 if all(one.is_within(_most(name, rows)) for name, one in found.items()) else 1


def _most(name: str, rows: float) -> float:
    return A_ROW[name] * rows


def _say_grown(days: Sequence[Day], more: Counter[str]) -> None:
    first, last = days[WARM - 1], days[-1]
    print("\n| kind | more |\n|---|--:|")
    print("\n".join(f"| {kind} | {count:,} |" for kind, count in more.most_common(25)))
    print("\n| kept | then | at the end |\n|---|--:|--:|")
    print("\n".join(f"| {name} | {first.caches.get(name, 0):,} | {count:,} |" for name, count in last.caches.items()))


if __name__ == "__main__":
    sys.exit(main())
