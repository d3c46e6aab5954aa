"""``python -m tests.torture [--kills 1000 --posts 10000]``: exactly once, whatever crashes; 1 where it was not."""
# ruff: noqa: T201  # it is a command

import argparse
import sys
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from pkgutil import resolve_name
from tempfile import TemporaryDirectory

from tests.real.postgresql import NotHereError
from tests.torture.plants import PLANTS
from tests.torture.report import told
from tests.torture.run import Plan, run
from tests.torture.servers import OURS, bluesky, database

MEMBERS = 4
"""Accounts on Bluesky's own server: it lets each sign in 30 times in five minutes."""
RELAY = "tests.torture.relay:relay"
EVERY = 50
"""Deaths after which it says how far it is."""


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    asked = _parser().parse_args()
    try:
        return _tried(asked)
    except NotHereError as error:
        print(error, file=sys.stderr)
        return 2


def _tried(asked: Namespace) -> int:
    with ExitStack() as stack:
        address = stack.enter_context(database(asked.database))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="relay-torture-", dir=asked.folder)))
        pds = stack.enter_context(bluesky()) if asked.pds else None
        members = tuple(pds.join() for _ in range(MEMBERS)) if pds else ()
        plan = Plan(asked.posts, asked.kills, asked.seed, asked.faults, asked.plant, database=address, only=asked.only)
        report = run(plan, folder, pds, members, _so_far, resolve_name(asked.program))
    print(told(plan, report))
    return 0 if report.holds else 1


def _so_far(deaths: int, in_flight: int) -> None:
    if deaths % EVERY == 0:
        print(f"{deaths} deaths, {in_flight} posts in flight so far", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how many workers die (100)")
    parser.add_argument("--posts", type=int, default=1000, help="how many posts are approved (1000)")
    parser.add_argument("--seed", type=int, default=0, help="which moments are chosen (0)")
    parser.add_argument("--faults", type=float, default=0.08, help="the share of calls that fail (0.08)")
    parser.add_argument("--plant", choices=sorted(PLANTS), default="", help="a bug to plant, which must be found")
    parser.add_argument("--pds", action="store_true", help="with Bluesky's own server (.lab) as one of the far ends")
    parser.add_argument("--only", default="", metavar="NAME", help="only accounts whose name begins so, such as keyed")
    parser.add_argument("--program", default=RELAY, metavar="MODULE:NAME", help=f"which one is tormented ({RELAY})")
    where = f"an empty database, postgresql://…; or {OURS}: one is started (a SQLite file)"
    parser.add_argument("--database", default="", metavar="URL", help=where)
    parser.add_argument("--folder", type=Path, help="where the run has its files, such as /dev/shm (the system's)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
