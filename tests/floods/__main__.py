"""``python -m tests.floods [--entries 5000 --ways 50]``: nothing twice, however a feed is served again."""
# ruff: noqa: T201  # it is a command

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.floods.flood import Flood
from tests.floods.plants import KINDS, planted
from tests.floods.ways import ways


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.floods", description=__doc__)
    parser.add_argument("--entries", type=int, default=5000, help="how many entries the feed has (5000)")
    parser.add_argument("--ways", type=int, default=50, help="in how many ways it is served again (50)")
    parser.add_argument("--seed", type=int, default=0, help="which two ways are joined (0)")
    parser.add_argument("--plant", choices=sorted(KINDS), default="", help="a bug to plant, which must be found")
    asked, begun = parser.parse_args(), time.monotonic()
    with TemporaryDirectory(prefix="relay-flood-") as folder, planted(asked.plant):
        flood = Flood(Path(folder), asked.entries)
        first = flood.first()
        for place, way in enumerate(ways(asked.ways, asked.seed), start=1):
            flood.again(way, place, first)
    print(
        f"first run: {first.entries} entries, {first.crossposts} queued, {first.sent} sent, {first.shown} in the feed"
    )
    print(f"served again in {asked.ways} ways over {asked.ways} restarts, seed {asked.seed}: {len(flood.wrong)} wrong")
    print(f"{time.monotonic() - begun:.1f} s", *flood.wrong, sep="\n")
    return 1 if flood.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
