"""What a run has found, as a table and as ratios; and whether a goal is reached."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.polls.goals import BREATH, FLOOR, Goal
from benchmarks.polls.running import Found
from benchmarks.polls.sides import Spent

OURS = "relay"


def table(found: Found, goal: Goal, number: int) -> list[str]:
    """CPU ms a source (user and system), median and spread of the rounds; relay's in two parts."""
    lines = [f"{goal.name}  {goal.what}: CPU ms a source"]
    for side, spent in found.rounds[goal.name].items():
        whole = _spread([_cost(one, number) for one in spent], "{:.3f}".format)
        children = median(one.cpu.children / one.cpu.whole * _cost(one, number) for one in spent)
        own = median(_cost(one, number) for one in spent) - children
        start = median(one.cpu.whole for one in found.starts[side])
        wall = median(one.wall for one in spent)
        split = f"itself {own:.3f}, children {children:.3f}" if children else ""
        lines.append(f"    {side:12} {whole:32} {split:36} start {start:.2f} s CPU, a round {wall:.1f} s wall")
    return lines


def verdict(found: Found, goal: Goal, number: int) -> tuple[list[str], bool]:
    """The ratios of each round, and whether those with a limit keep it."""
    rounds, lines, is_reached = found.rounds[goal.name], [], True
    for side, spent in rounds.items():
        if side == OURS or OURS not in rounds:
            continue
        ratios = [_cost(one, number) / _cost(other, number) for one, other in zip(rounds[OURS], spent, strict=True)]
        limit = goal.limits.get(side)
        said = ""
        if limit is not None:
            is_kept = median(ratios) <= limit
            is_reached = is_reached and is_kept
            said = f"goal ≤ {ratio(float(limit))}: {'reached' if is_kept else 'NOT reached'}"
        lines.append(f"    {OURS} / {side:12} {_spread(ratios, ratio):28} {said}")
    return lines, is_reached


def mistakes(found: Found, goal: Goal, number: int) -> list[str]:
    """Rounds in which a side did not do what was to be measured: other answers, or other news."""
    return [
        f"{goal.name}, {side}: {dict(one.said)}"
        for side, spent in found.rounds[goal.name].items()
        for one in spent
        if one.said and not (goal.is_first and side == FLOOR) and not _is_meant(one.said, goal, number)
    ]


def _is_meant(said: Mapping[str, Any], goal: Goal, number: int) -> bool:
    asked = number - BREATH if goal.is_first else number
    meant = (0, asked, {goal.status: asked}, goal.new * asked)
    return (said.get("failed", 0), said.get("polls"), said.get("answers", meant[2]), said.get("new", meant[3])) == meant


def ratio(value: float) -> str:
    """``1/19``, ``1/2.1``, or ``2.9 ×``."""
    if value >= 1:
        return f"{value:.1f} ×"
    return f"1/{1 / value:.0f}" if value < 0.1 else f"1/{1 / value:.1f}"


def _cost(spent: Spent, number: int) -> float:
    """CPU ms a source; a first poll leaves out those read as the side started."""
    asked: int = spent.said.get("polls", number)
    return 1000 * spent.cpu.whole / asked


def _spread(values: Sequence[float], form: Callable[[float], str]) -> str:
    return f"{form(median(values))} ({form(min(values))} to {form(max(values))})"
