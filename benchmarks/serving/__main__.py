"""Requests a second from one worker of the daemon, beside nginx on the same files (goal P6: ≥ 1/4 of nginx's rates).

    python -m benchmarks.serving [--rounds N] [--seconds S] [--posts N]

Both sides in turn, medians; the spread is that of the rounds. nginx is Debian's, with one worker and the configuration
of docs/serving/nginx.conf.
"""

import argparse
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import httpx
from tests.wire.servers import nginx

from benchmarks.serving.blog import POSTS, Server, daemon
from benchmarks.serving.load import CONNECTIONS, Figure, drive

GOAL = 0.25
MEASURED = {
    "gzip 200": ("GET", {"Accept-Encoding": "gzip"}),
    "identity 200": ("GET", {"Accept-Encoding": "identity"}),
    "304 by ETag": ("GET", {"Accept-Encoding": "gzip", "If-None-Match": "{etag}"}),
    "HEAD": ("HEAD", {"Accept-Encoding": "gzip"}),
}
"""What is asked for; ``{etag}`` is what the server says itself."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="for each question to each server, in each round")
    parser.add_argument("--posts", type=int, default=POSTS, help="in the feed")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with daemon(folder, wanted.posts) as ours, nginx(folder) as site:
            worker = _worker(folder / "nginx.pid")
            theirs = Server("nginx", f"{site.url}blog/atom.xml", worker)
            sizes = [(site.feeds / "blog" / path).stat().st_size for path in ("atom.xml", "atom.xml.gz")]
            print(f"atom.xml has {sizes[0]:,} bytes, {sizes[1]:,} in gzip; {CONNECTIONS} connections")
            _compare((ours, theirs), wanted.rounds, wanted.seconds)
    return 0


def _worker(file: Path) -> int:
    """The process of nginx that answers; nginx listens a moment before it has written its number and started it."""
    for _ in range(100):
        master = file.read_text(encoding="ascii").strip() if file.exists() else ""
        children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii") if master else ""
        if children:
            return int(children.split()[0])
        time.sleep(0.05)
    raise SystemExit("nginx has not started a worker")


def _compare(servers: tuple[Server, Server], rounds: int, seconds: float) -> None:
    asked = {what: [_headers(server, headers) for server in servers] for what, (_, headers) in MEASURED.items()}
    found: dict[str, list[tuple[Figure, Figure]]] = {what: [] for what in MEASURED}
    for _ in range(rounds):
        for what, (method, _) in MEASURED.items():
            ours, theirs = (
                drive(server, method, headers, seconds) for server, headers in zip(servers, asked[what], strict=True)
            )
            found[what].append((ours, theirs))
    print(f"{'':14}{'requests a second':>24}{'CPU µs a request':>24}")
    print(f"{'':14}{'daemon':>12}{'nginx':>12}{'daemon':>12}{'nginx':>12}  ratio of rates, of CPU (goal {GOAL})")
    for what, pairs in found.items():
        _show(what, pairs)


def _headers(server: Server, headers: Mapping[str, str]) -> Mapping[str, str]:
    with httpx.Client(trust_env=False) as client:
        etag = client.get(server.url, headers={"Accept": "*/*", "Accept-Encoding": headers["Accept-Encoding"]})
    return {name: text.format(etag=etag.headers["etag"]) for name, text in headers.items()}


def _show(what: str, pairs: list[tuple[Figure, Figure]]) -> None:
    rates = [median(pair[side].rate for pair in pairs) for side in (0, 1)]
    costs = [median(pair[side].cost for pair in pairs) for side in (0, 1)]
    by_rate, by_cost = [ours.rate / theirs.rate for ours, theirs in pairs], [t.cost / o.cost for o, t in pairs]
    figures = f"{rates[0]:12,.0f}{rates[1]:12,.0f}{costs[0]:12.1f}{costs[1]:12.1f}"
    print(f"{what:14}{figures}  {_spread(by_rate)}, {_spread(by_cost)}")


def _spread(ratios: list[float]) -> str:
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


if __name__ == "__main__":
    raise SystemExit(main())
