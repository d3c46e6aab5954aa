"""How long an editor waits for the queue when 100,000 cross-posts wait in it (goal: 95 of 100 pages within 100 ms).

    python -m benchmarks.queueing [--waiting N] [--rounds N] [--databases sqlite postgresql]

The daemon itself, with a signed-in session, on each kind of database; beside it, in turn, one with 1,000.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.queueing.filling import RARE, TOKEN, Queue, fill
from benchmarks.queueing.served import Served, addresses, serve
from relay.storage.database import open_database

GOAL_MS, GOAL_BYTES = 100, 100_000
FEW = 1000
READ = "20 read at once"
"""The page that is no page of the queue: as long as twenty others."""
_OWN = re.compile(r"<(?:link|script|img)\b[^>]*?(?:href|src)=\"(/[^\"]+)\"")
_PAGE = re.compile(r"rel=\"(?:stylesheet|icon)\"|<script|<img")


@dataclass(frozen=True, slots=True)
class Taken:
    """What one page took: milliseconds as a browser waits, and of CPU; bytes as sent."""

    wall: float
    cpu: float
    size: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    wanted = parser.parse_args()
    worst = 0.0
    with tempfile.TemporaryDirectory(prefix="relay-queue-") as name:
        for kind in wanted.databases:
            with addresses(kind, Path(name) / kind) as (address, server), ExitStack() as stack:
                sizes = {"many": wanted.waiting, "few": FEW}
                both = [stack.enter_context(_queue(address[of], sizes[of], server)) for of in sizes]
                worst = max(worst, _measure(kind, both, wanted.rounds))
    print(f"\nslowest page, p95: {worst:.0f} ms (goal {GOAL_MS})")
    return 0 if worst <= GOAL_MS else 1


def _measure(kind: str, both: Sequence[tuple[Served, Queue]], rounds: int) -> float:
    asked = [_pages(queue) for _, queue in both]
    taken: dict[str, tuple[list[Taken], list[Taken]]] = {name: ([], []) for name in asked[0]}
    for _ in range(rounds):
        for name, of in taken.items():
            for at, (server, _) in enumerate(both):
                of[at].append(_ask(server, asked[at][name]))
    many, few = (queue.waiting for _, queue in both)
    print(f"\n{kind}: {many:,} waiting, beside {few:,}; {rounds} rounds, ms a page")
    print(f"{'':26}{'p50':>7}{'p95':>7}{'CPU 50':>8}{'CPU 95':>8}{'bytes':>9}   p50, CPU beside {few:,}: ratio")
    for name, (ours, beside) in taken.items():
        _show(name, ours, beside)
    print(f"first page with all it loads, by a new browser: {_whole(both[0][0]):,} bytes (goal {GOAL_BYTES:,})")
    return max(_p95([one.wall for one in ours]) for name, (ours, _) in taken.items() if name != READ)


@contextmanager
def _queue(address: str, waiting: int, server: int | None) -> Iterator[tuple[Served, Queue]]:
    db = open_database(address)
    began = time.perf_counter()
    made = fill(db, waiting)
    db.close()
    print(f"{waiting:,} made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    with serve(address, TOKEN, server) as served:
        yield served, made


def _pages(queue: Queue) -> dict[str, str]:
    """What is asked for, and where; in the middle is where no page before has been."""
    middle = queue.middle
    chosen = "&".join(f"id={id}" for id in queue.ids)
    tabs = ("changes", "scheduled", "held", "failed", "sent", "closed")
    return {
        "review: first page": "/review",
        "review: next page": "/review?state=waiting&after=40",
        "review: in the middle": f"/review/{middle}?state=waiting",
        "review: a word": f"/review?state=waiting&q={RARE}",
        "review: counts": "/review/counts",
        **{f"review: {tab}": f"/review?state={tab}" for tab in tabs},
        "list: first page": "/queue",
        "list: next page": "/queue?state=waiting&after=50",
        "list: in the middle": f"/queue?state=waiting&after={middle}",
        "list: before the middle": f"/queue?state=waiting&before={middle}",
        "list: every state": "/queue?state=all",
        "list: sent": "/queue?state=sent",
        "list: next to leave": "/queue?state=scheduled&sort=leaves",
        "list: an account": "/queue?state=waiting&account=bsky",
        "list: a source": "/queue?state=waiting&source=agence+7",
        "list: waits for me": "/queue?state=waiting&mine=judge",
        "list: my words": "/queue?state=waiting&mine=words",
        "list: a common word": "/queue?state=waiting&q=quartier",
        "list: a rare word": f"/queue?state=waiting&q={RARE}",
        "list: three words": "/queue?state=waiting&q=quartier+ville+energie",
        "list: no such word": "/queue?state=waiting&q=nulle-part",
        READ: f"/queue/look?{chosen}",
    }


def _ask(server: Served, path: str) -> Taken:
    before, began = server.cpu(), time.perf_counter()
    answer = server.client.get(path)
    wall = (time.perf_counter() - began) * 1000
    answer.raise_for_status()
    return Taken(wall, server.cpu() - before, answer.num_bytes_downloaded)


def _show(name: str, ours: Sequence[Taken], beside: Sequence[Taken]) -> None:
    (wall, cpu), (wall_2, cpu_2) = ([[one.wall for one in of], [one.cpu for one in of]] for of in (ours, beside))
    ratios = f"{median(wall) / median(wall_2):.2f}, {median(cpu) / median(cpu_2):.2f}"
    figures = f"{median(wall):7.1f}{_p95(wall):7.1f}{median(cpu):8.1f}{_p95(cpu):8.1f}{ours[-1].size:9,}"
    print(f"{name:26}{figures}   {ratios}")


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)] if len(values) > 1 else values[0]


def _whole(server: Served) -> int:
    """The page as sent, with every style sheet, script and picture of ours that it names."""
    page = server.client.get("/review", headers={"Accept-Encoding": "br, gzip"})
    paths = {path for tag in re.findall(r"<[^>]+>", page.text) if _PAGE.search(tag) for path in _OWN.findall(tag)}
    loaded = [server.client.get(path, headers={"Accept-Encoding": "br, gzip"}) for path in sorted(paths)]
    return page.num_bytes_downloaded + sum(one.num_bytes_downloaded for one in loaded)


if __name__ == "__main__":
    sys.exit(main())
