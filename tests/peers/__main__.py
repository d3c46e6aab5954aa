"""``python -m tests.peers [--tool NAME …]``: who posts twice, and who loses what; 1 where relay does, or a trial fell short."""
# ruff: noqa: T201  # it is a command

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.peers.adapter import Tool
from tests.peers.far_end import SERVERS
from tests.peers.table import line, missing, table
from tests.peers.tools.known import TOOLS, named
from tests.peers.trial import ROUND, Plan, Result, run


def main(words: Sequence[str]) -> int:
    """Put each tool on the same trial, and print the table."""
    asked = _parser().parse_args(words)
    plan = Plan(asked.entries, asked.kills, asked.seed, asked.faults, server=asked.server)
    if plan.kills * ROUND > plan.entries:
        print(f"{plan.kills} deaths need {plan.kills * ROUND} entries at least: say --entries {plan.kills * ROUND}")
        return 2
    tools = asked.tool or TOOLS
    results = [_tried(tool, plan) for tool in tools if tool.version()]
    print(table(results, plan))
    for tool in tools:
        if not tool.version():
            print(missing(tool))
    return 0 if results and all(_is_good(one, plan) for one in results) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.peers", description=__doc__)
    names = ", ".join(tool.name for tool in TOOLS)
    parser.add_argument(
        "--tool",
        action="append",
        type=named,
        help=f"only this one; again for more: {names}, or your own as module:Class",
    )
    parser.add_argument("--entries", type=int, default=300, help="how many are published (300)")
    parser.add_argument("--kills", type=int, default=60, help="how many runs die (60)")
    parser.add_argument("--seed", type=int, default=0, help="which moments and faults are chosen (0)")
    parser.add_argument("--faults", type=float, default=0.08, help="the share of calls that fail (0.08)")
    parser.add_argument("--server", choices=sorted(SERVERS), default="mastodon", help="the far end (mastodon)")
    return parser


def _tried(tool: Tool, plan: Plan) -> Result:
    with TemporaryDirectory(prefix=f"peers-{tool.name}-") as folder:
        result = run(tool, plan, Path(folder))
    print(line(result), file=sys.stderr, flush=True)
    return result


def _is_good(result: Result, plan: Plan) -> bool:
    """relay has to be exact, and each tool where nothing happens; too few deaths show nothing."""
    is_calm = not (plan.kills or plan.faulty)
    return result.deaths >= plan.kills and (result.is_exact or not (is_calm or result.tool == "relay"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
