"""``python -m tests.bombs``: documents that do harm, before a real daemon; 1 where it shows."""
# ruff: noqa: T201, S311  # it is a command, and what it chooses is to be chosen again

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.bombs.bombs import BOMBS, HOLES, Served
from tests.bombs.measured import percentile
from tests.bombs.service import PLANTS
from tests.bombs.siege import LATE, MEMORY, PAGE, TICK, WALL, Report, besieged
from tests.corpora.corpus import CORPORA


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bombs", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="in which order they come (0)")
    parser.add_argument("--count", type=int, default=0, metavar="N", help="how many of them (all)")
    parser.add_argument("--at-once", type=int, default=4, metavar="N", help="how many are asked at the same time (4)")
    parser.add_argument("--plant", choices=PLANTS, default="", help="a bug to plant, which must be found")
    asked, begun = parser.parse_args(), time.monotonic()
    bombs = {**{name: make() for name, make in {**BOMBS, **HOLES}.items()}, **dict(_corpus())}
    names = Random(asked.seed).sample(list(bombs), asked.count or len(bombs))
    with TemporaryDirectory(prefix="relay-bombs-") as folder:
        report = besieged(Path(folder), {name: bombs[name] for name in names}, asked.at_once, asked.plant)
    _print(report, bombs)
    print(f"{len(names)} documents, seed {asked.seed}, {time.monotonic() - begun:.0f} s: {len(report.wrong)} wrong")
    print(*report.wrong, sep="\n")
    return 1 if report.wrong else 0


def _corpus() -> Iterator[tuple[str, Served]]:
    """Those of the corpora beside the project, where they are."""
    folder = CORPORA / "runners"
    if folder.is_dir():
        sys.path.insert(0, str(folder))
        for name, headers, body, _ in import_module("hostile_make").make():
            others = {key.title(): value for key, value in headers.items() if key != "content-type"}
            yield name, Served(body, headers["content-type"], others)


def _print(report: Report, bombs: Mapping[str, Served]) -> None:
    for name, took in report.took.items():
        print(f"{took:6.2f} s  {len(bombs[name].body):>9} bytes  {name:32} {report.said.get(name, 'never')[:90]}")
    worst, page = max(report.late, default=0.0), percentile(report.pages, 0.95)
    print(f"slowest document            {max(report.took.values()):6.2f} s   (at most {WALL:.0f})")
    print(
        f"the daemon grew by          {report.grown:6} MiB (at most {MEMORY // 1024**2}), from {report.idle // 1024**2}"
    )
    print(
        f"good sources, {len(report.late):4} polls   {worst:6.2f} s   late at most (at most {TICK + LATE:.0f}: a tick and 5)"
    )
    print(f"pages, 95 of 100 of {len(report.pages):5}   {page * 1000:6.0f} ms  (at most {PAGE * 1000:.0f})")


if __name__ == "__main__":
    sys.exit(main())
