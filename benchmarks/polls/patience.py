"""What is said of goal P7."""

from benchmarks.polls.slow import Manners
from benchmarks.polls.waiting import DEADLINE, Pass, measured

MANY, FEW = 10_000, 200
DELAY, SLOWNESS = 0.2, 5.0
WALL, PEAK, LATE, LONGER = 120.0, 200e6, 5.0, 1.1
MB = 1e6


def patience(many: int = MANY, few: int = FEW) -> int:
    """Three passes; the end is 1 where a goal is not reached, 2 where a source that answers was not read."""
    calm, hanging = Manners(DELAY, SLOWNESS, 0, 0), Manners(DELAY, SLOWNESS, 0, 1)
    without = _shown(f"{many} sources, 200 ms each", measured(many, calm))
    beside = _shown(f"{many} sources, 200 ms each, 1 % hanging", measured(many, hanging))
    slow = Manners(0.0, SLOWNESS, 10, 2)
    mixed = _shown(f"{few} sources, 10 % take {SLOWNESS:g} s, 2 % hang", measured(few, slow))
    late = beside.late(without)
    ends = [
        _said("P7 wall of a pass with 1 % hanging", beside.spent.wall, WALL, "s"),
        _said("P7 peak of memory, with children (PSS)", max(beside.peak, without.peak) / MB, PEAK / MB, "MB"),
        _said("P7 others asked later than in a pass in which nobody hangs, by at most", late, LATE, "s"),
        _said("P7 wall with slow and hanging, in relay's own time-outs", mixed.spent.wall / DEADLINE, LONGER, ""),
    ]
    parts = ((without, many, calm), (beside, many, hanging), (mixed, few, slow))
    return 2 if any(_is_wrong(*one) for one in parts) else 0 if all(ends) else 1


def _shown(what: str, found: Pass) -> Pass:
    polls = found.spent.said.get("polls", 0)
    cost, peak = 1000 * found.spent.cpu.whole / max(polls, 1), found.peak / MB
    print(f"{what}: {found.spent.wall:.1f} s wall, {cost:.2f} ms CPU a source, peak {peak:.0f} MB, {polls} polls")
    return found


def _is_wrong(found: Pass, number: int, manners: Manners) -> bool:
    hanging = sum(manners.is_hanging(n) for n in range(number))
    answers, polls = found.spent.said["answers"], found.spent.said["polls"]
    is_right = answers.get("304", 0) == number - hanging and polls == number
    if not is_right:
        print(f"Something else was measured: {dict(found.spent.said)}")
    return not is_right


def _said(what: str, value: float, most: float, unit: str) -> bool:
    is_reached = value <= most
    print(f"{what}: {value:.2f} {unit} (goal ≤ {most:g} {unit}): {'reached' if is_reached else 'NOT reached'}")
    return is_reached
