"""What came of the trials, for people to read."""

from collections.abc import Sequence

from tests.peers.adapter import Tool
from tests.peers.trial import Plan, Result

_HEAD = ("tool", "version", "entries", "deaths", "runs", "faults", "lost", "duplicated", "seconds")


def table(results: Sequence[Result], plan: Plan) -> str:
    """A line for each tool, in Markdown, under what was asked of all of them."""
    lines = ["| " + " | ".join(_HEAD) + " |", "|---|---|" + "--:|" * (len(_HEAD) - 2)]
    lines += map(line, results)
    asked = f"{plan.entries} entries, {plan.kills} deaths, {plan.faulty:.0%} of the calls that publish fail, {plan.server}, seed {plan.seed}"
    return "\n".join([asked, "", *lines])


def missing(tool: Tool) -> str:
    """What to do about a tool that is not here."""
    return f"{tool.name} is not installed, or does not start: `python3 -m venv .lab/{tool.name} && .lab/{tool.name}/bin/pip install {tool.name}`"


def line(one: Result) -> str:
    """That of one tool."""
    numbers = (one.entries, one.deaths, one.runs, one.faults, one.lost, one.duplicated)
    cells = (one.tool, one.version, *map(str, numbers), f"{one.seconds:.0f}")
    return "| " + " | ".join(cells) + " |"
