"""What polls cost relay, beside lemon24/reader and a bare client, all on the same farm: goals P1 to P4, and P7.

    python -m benchmarks.polls --goal P1                            # 1,000 sources; P2, P3, P4, P1-TLS likewise
    python -m benchmarks.polls --goal P4,P1,P2,P3 --sources 200     # one run for all
    python -m benchmarks.polls --goal P1 --sources 100 --rounds 5 --peers reader,rss2email,newsboat
    python -m benchmarks.polls --goal P7                            # 10,000 slow sources: four minutes

How to measure your change, in half a minute and without the peers:

    python -m benchmarks.polls --goal P1 --sources 200 --only relay,floor
    python -m benchmarks.polls --goal P2,P3 --sources 50 --only relay

A figure is CPU (user and system) of the process and of all its children, a source, less what it costs to start; only
ratios of one run count. The end is 1 if a goal is not reached, 2 if something else than the goal was measured.
"""

import argparse
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.polls.documents import SHOWN
from benchmarks.polls.farm import farm
from benchmarks.polls.goals import GOALS, Goal, goal
from benchmarks.polls.makers import MAKERS
from benchmarks.polls.patience import MANY, patience
from benchmarks.polls.report import mistakes, table, verdict
from benchmarks.polls.running import run


def main(words: Sequence[str]) -> int:
    options = _options(words)
    if options.goal == "P7":
        return patience(options.sources or MANY)
    asked = sorted((goal(name) for name in options.goal.split(",")), key=GOALS.index)
    goals = [replace(one, new=options.entries) if one.is_first else one for one in asked]
    ends = [_measured(options, [one for one in goals if one.tls is tls]) for tls in (False, True)]
    return max(ends)


def _measured(options: argparse.Namespace, goals: Sequence[Goal]) -> int:
    if not goals:
        return 0
    number = options.sources or max(one.sources for one in goals)
    names = options.only.split(",") if options.only else ["relay", *_beside(goals, options.peers)]
    makers = {name: MAKERS[name] for name in names}
    with (
        TemporaryDirectory(prefix="polls-") as folder,
        farm(Path(folder), number, options.entries, tls=goals[0].tls, is_alone=options.alone) as sources,
    ):
        print(f"{number} sources of {options.entries} entries, {options.rounds} rounds", file=sys.stderr)
        found = run(sources, makers, goals, options.rounds)
    is_reached = True
    for one in goals:
        ratios, is_kept = verdict(found, one, number)
        print("\n".join([*table(found, one, number), *ratios]))
        is_reached = is_reached and is_kept
    wrong = [line for one in goals for line in mistakes(found, one, number)]
    print("\n".join(["", "Something else was measured:", *wrong]) if wrong else "", end="\n" if wrong else "")
    return 2 if wrong else 0 if is_reached else 1


def _beside(goals: Sequence[Goal], peers: str) -> list[str]:
    floor = ["floor"] if any(one.name == "P1" for one in goals) else []
    return [*floor, *(name for name in peers.split(",") if name)]


def _options(words: Sequence[str]) -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="benchmarks.polls", description=__doc__, formatter_class=form)
    parser.add_argument("--goal", default="P1", help=f"P7, or some of {', '.join(one.name for one in GOALS)}")
    parser.add_argument("--sources", type=int, help="how many; each goal has its own number")
    parser.add_argument("--entries", type=int, default=SHOWN, help=f"in each document ({SHOWN})")
    parser.add_argument("--rounds", type=int, default=3, help="of each goal (3)")
    parser.add_argument("--peers", default="reader", help="who else: reader, rss2email, newsboat (reader)")
    parser.add_argument("--alone", action="store_true", help="over TLS believe the farm's authority alone")
    parser.add_argument("--only", help=f"these sides alone, of {', '.join(MAKERS)}")
    return parser.parse_args(words)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))  # and nginx, the sides and their folders with it
    sys.exit(main(sys.argv[1:]))
