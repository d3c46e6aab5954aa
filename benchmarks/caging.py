"""``python -m benchmarks.caging``: what it costs to read documents in a process of their own, on real feeds."""

import argparse
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

from relay.core.document import ParsedFeed
from relay.intake.caged.cage import Cage
from relay.intake.caged.reading import caged
from relay.intake.parse import parse

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "realworld"
SMALL = b"<rss version='2.0'><channel><title>T</title><item><title>x</title></item></channel></rss>"

Read = Callable[[bytes, str, str | None], ParsedFeed]


def main() -> int:
    """Read each document by both ways, the best of some times, and say what that took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.caging", description=__doc__)
    parser.add_argument("--documents", type=Path, default=CORPUS, help="a folder with feeds (the corpus of real ones)")
    parser.add_argument("--count", type=int, default=60, metavar="N", help="how many of them (60)")
    parser.add_argument("--times", type=int, default=3, metavar="N", help="how often each is read (3)")
    asked = parser.parse_args()
    bodies = [file.read_bytes() for file in sorted(asked.documents.rglob("*")) if file.is_file()][: asked.count]
    with closing(Cage()) as cage:
        reading = caged(cage).feed
        began = time.monotonic()
        reading(SMALL, "", None)
        start = time.monotonic() - began
        pairs = [(_best(parse, body, asked.times), _best(reading, body, asked.times)) for body in bodies]
        small = (_best(parse, SMALL, 50), _best(reading, SMALL, 50))
    direct, within = sum(one for one, _ in pairs), sum(other for _, other in pairs)
    print(f"a process is there after     {start * 1000:8.0f} ms, once")
    print(f"the smallest feed            {small[0] * 1000:8.2f} ms, {small[1] * 1000:.2f} ms in a cage")
    print(f"{len(bodies):4} real ones, together    {direct * 1000:8.0f} ms, {within * 1000:.0f} ms in a cage")
    print(f"median of what is added      {median(other - one for one, other in pairs) * 1000:8.2f} ms a document")
    print(f"ratio                        {within / direct:8.2f}")
    return 0


def _best(read: Read, body: bytes, times: int) -> float:
    took = []
    for _ in range(times):
        began = time.monotonic()
        read(body, "https://a.fr/", None)
        took.append(time.monotonic() - began)
    return min(took)


if __name__ == "__main__":
    sys.exit(main())
