"""``python -m tests.importing``: real tools post, their files are imported, and relay posts none of it again.

``--tool NAME`` (all that are installed), ``--before N`` entries that the tool posts, ``--after N`` that appear later,
``--seed N``; ``--forget`` is the planted fault: nothing is remembered, and the trial must see it. Exit code 1 where the
promise does not hold, or where the fault is not seen.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.importing.trial import FILES, Plan, Result, run
from tests.peers.adapter import Tool
from tests.peers.tools.feed2fedi import Feed2fedi
from tests.peers.tools.feed2toot import Feed2toot
from tests.peers.tools.feediverse import Feediverse
from tests.peers.tools.rss2toot import Rss2toot

TOOLS: tuple[Tool, ...] = (Feed2toot(), Feed2fedi(), Feediverse(), Rss2toot())


def main(words: Sequence[str]) -> int:
    """Run the trials; 1 if one of them shows what it should not."""
    parser = argparse.ArgumentParser(prog="python -m tests.importing")
    parser.add_argument("--tool", choices=FILES)
    parser.add_argument("--before", type=int, default=6)
    parser.add_argument("--after", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--forget", action="store_true")
    arguments = parser.parse_args(words)
    plan = Plan(arguments.before, arguments.after, arguments.seed, arguments.forget)
    good = [_tried(tool, plan) for tool in TOOLS if arguments.tool in {None, tool.name}]
    return 0 if all(good) else 1


def _tried(tool: Tool, plan: Plan) -> bool:
    if tool.version() is None:
        print(f"{tool.name}: not installed here (.lab/{tool.name}): not tried")  # noqa: T201
        return True
    with TemporaryDirectory() as folder, redirect_stdout(io.StringIO()) as said, redirect_stderr(said):
        result = run(tool, plan, Path(folder))
    print(_line(tool, plan, result))  # noqa: T201
    return result.is_kept is not plan.forgets


def _line(tool: Tool, plan: Plan, result: Result) -> str:
    asked = f"asked: {plan.before} posted there, {plan.after} later, seed {plan.seed}{', forgetting' if plan.forgets else ''}"
    reached = f"posted there {result.posted}, again {result.twice}, lost {result.lost}, published {result.published} of {result.entries}"
    return f"{tool.name} {tool.version()} · {asked} · {reached}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
