"""``python -m tests.slow [sources] [pool] [server] [doors] [daemon]``: nobody who is slow makes others wait.

What is asked and reached is printed; the exit code is 1 where it does not hold. With no name, all but ``daemon``.
"""
# ruff: noqa: T201  # it is a command

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from relay.web.crowd import Limits
from tests.slow import doors
from tests.slow.long import daemon
from tests.slow.people import DRIPPING, Kind, ended, slow
from tests.slow.pool import AFTER, ends, ours
from tests.slow.serving import newsroom, serving
from tests.slow.sources import DEADLINE, ERROR, dripping, fetched, polled

Wanted = argparse.Namespace
APART = 0.05
"""By which part two medians of a door's may differ."""


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.slow", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="part", help=", ".join(PARTS))
    parser.add_argument("--deadline", type=float, default=DEADLINE, help="seconds for a request to a source (30)")
    parser.add_argument("--drips", type=int, default=100, help="sources that drip (100)")
    parser.add_argument("--well", type=int, default=20, help="sources that are well (20)")
    parser.add_argument("--given-up", type=int, default=10_000, help="requests that are given up (10000)")
    parser.add_argument("--people", type=int, default=200, help="slow connections to the pages (200)")
    parser.add_argument("--tries", type=int, default=60, help="wrong passwords of each kind (60)")
    parser.add_argument("--minutes", type=float, default=17, help="of the daemon (17)")
    parser.add_argument("--seed", type=int, default=0, help="which request is given up when (0)")
    wanted = parser.parse_args()
    holds = [PARTS[part](wanted) for part in wanted.parts or [one for one in PARTS if one != "daemon"]]
    return 0 if all(holds) else 1


def _said(what: str, *, holds: bool) -> bool:
    print("holds " if holds else "FAILS ", what, flush=True)
    return holds


def _sources(wanted: Wanted) -> bool:
    """Each way of dripping alone, then all of them beside others."""
    longest = max(fetched(kind, wanted.deadline)[1] for kind in dripping(wanted.deadline))
    alone = _said(
        f"every request ends within {wanted.deadline:g} s: {longest:.1f} s", holds=longest <= wanted.deadline + 1
    )
    with TemporaryDirectory(prefix="relay-slow-") as folder:
        found = polled(Path(folder), wanted.drips, wanted.well, wanted.deadline)
    said = f"{wanted.drips} that drip, {wanted.well} that are well: {found.new} brought their news, the last after"
    said += f" {found.well * wanted.deadline:.1f} s, all over after {found.whole * wanted.deadline:.1f} s;"
    said += f" late by {found.error:.1%} of an hour at most (asked: {ERROR:.0%})"
    return _said(said, holds=found.new == wanted.well and found.error <= ERROR) and alone


def _pool(wanted: Wanted) -> bool:
    began = monotonic()
    with ends() as far:
        found = ours(far, wanted.given_up, wanted.seed)
    said = f"{found.given_up:,} requests given up in {monotonic() - began:.1f} s, seed {wanted.seed};"
    return _said(f"{said} then {found.answered} of {AFTER} answered", holds=found.answered == AFTER)


def _server(wanted: Wanted) -> bool:
    """With the service's own limits."""
    limits = Limits()
    with (
        TemporaryDirectory(prefix="relay-slow-") as folder,
        newsroom(Path(folder)) as room,
        serving(room, limits, proxies=("127.0.0.1",)) as served,
    ):
        with slow(served.port, DRIPPING, wanted.people, every=0.5) as crowd:
            took = served.login()
            lasted = ended(crowd, limits.head + limits.body + 5)
        alone = served.login()
    by_kind = {kind: max(one for one, who in zip(lasted, crowd, strict=True) if who.kind is kind) for kind in DRIPPING}
    ends_at = {Kind.SILENT: limits.head, Kind.HEAD: limits.head, Kind.BODY: limits.head + limits.body}
    said = "; ".join(f"who {kind} is left after {seconds:.1f} s" for kind, seconds in by_kind.items())
    are_left = _said(said, holds=all(seconds <= ends_at[kind] + 2 for kind, seconds in by_kind.items()))
    said = f"{wanted.people} slow connections: signing in takes {took:.2f} s, without them {alone:.2f} s"
    return _said(said, holds=took < 5) and are_left


def _doors(wanted: Wanted) -> bool:
    with TemporaryDirectory(prefix="relay-slow-") as folder, newsroom(Path(folder)) as room:
        found = doors.timed(room, wanted.tries)
    said = ", ".join(f"{kind} {one.waited * 1000:.1f} ms ({one.worked * 1000:.1f})" for kind, one in found.items())
    waited, worked = (doors.spread(side(one) for one in found.values()) for side in (_waited, _worked))
    said = f"medians of {wanted.tries} wrong passwords (and CPU): {said}; apart by {waited:.1%} ({worked:.1%})"
    is_busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    said += "; others keep this machine busy, so that only the work counts" if is_busy else ""
    return _said(said, holds=worked <= APART and (is_busy or waited <= APART))


def _waited(one: doors.Taken) -> float:
    return one.waited


def _worked(one: doors.Taken) -> float:
    return one.worked


def _daemon(wanted: Wanted) -> bool:
    """``relay run``, asked for by the minute."""
    found = daemon(wanted.drips, wanted.well, wanted.minutes * 60)
    return _said(str(found), holds=found.holds)


PARTS: dict[str, Callable[[Wanted], bool]] = {
    "sources": _sources,
    "pool": _pool,
    "server": _server,
    "doors": _doors,
    "daemon": _daemon,
}

if __name__ == "__main__":
    sys.exit(main())
