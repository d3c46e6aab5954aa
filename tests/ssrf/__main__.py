"""``python -m tests.ssrf [--seed 0 …]``: all that the suite tries of where relay connects to, and more of it.

First within a process, whose ``socket.connect`` is ours; then in a network of its own, where the kernel counts. Each
guard that has a hole is tried as well: the exit code is 1 where an address inside is reached, or a hole is not shown.
"""
# ruff: noqa: T201  # it is a command

import argparse
import sys
from collections.abc import Iterable
from time import monotonic

from tests.ssrf.enclosing import tried, why_not
from tests.ssrf.outside import standing
from tests.ssrf.trials import Plan, Row, found, run

_HOLES = Plan(pairs=200, redirects=20, cases=0, rebindings=10)


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.ssrf", description=__doc__)
    usual = Plan()
    parser.add_argument("--seed", type=int, default=0, help="which of them, where not all are wanted (0)")
    for name in ("pairs", "redirects", "cases", "rebindings"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name), help="how many, at most (%(default)s)")
    plan, began = Plan(**vars(parser.parse_args())), monotonic()
    with standing() as world:
        is_good = _told("within a process", run(world, plan)) & _shown(found(world, _HOLES))
    if why := why_not():
        print(f"no network of its own: {why}")
        return 1
    enclosed = tried(plan, _HOLES, with_program=True)
    is_good &= _told("in a network of its own", enclosed.rows) & _shown(enclosed.found)
    print(f"seed {plan.seed}, {monotonic() - began:.0f} s: {'it holds' if is_good else 'it does not hold'}")
    return 0 if is_good else 1


def _told(where: str, rows: Iterable[Row]) -> bool:
    print(f"{where:56}{'asked':>8}{'public':>8}{'inside':>8}")
    is_good = True
    for row in rows:
        is_good &= row.holds
        said = "" if row.holds else f"  {row.wrong} {' '.join(sorted({*row.inside})[:8])}"
        print(f"  {row.what:54}{row.asked:>8}{row.public:>8}{len(row.inside):>8}{said}")
    return is_good


def _shown(holes: dict[str, list[str]]) -> bool:
    for hole, trials in holes.items():
        print(f"  a guard with a hole, {hole}: {'shown by ' + ', '.join(trials) if trials else 'NOT SHOWN'}")
    return all(holes.values())


if __name__ == "__main__":
    sys.exit(main())
