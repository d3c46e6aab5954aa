"""Both sides in turn, in one run: fresh processes and databases, the same farm, round by round."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.polls.farm import Farm
from benchmarks.polls.goals import Goal
from benchmarks.polls.sides import Side, Spent

Making = Callable[[Farm, Path], Side | None]
"""Makes a side that asks this farm, and keeps what it knows in this folder; ``None`` where it is not to be had."""
WARMING = "warming"
TRIES = 5


@dataclass(slots=True)
class Found:
    """What each side spent: to start, and in each round of a goal."""

    starts: dict[str, list[Spent]] = field(default_factory=dict)
    rounds: dict[str, dict[str, list[Spent]]] = field(default_factory=dict)

    def add(self, goal: str, side: Side, spent: Spent) -> None:
        """One round."""
        self.rounds.setdefault(goal, {}).setdefault(side.name, []).append(spent)
        whole = 1000 * spent.cpu.whole
        print(f"{goal} {side.name}: {whole:.0f} ms CPU, {spent.wall:.1f} s, {spent.said or ''}", file=sys.stderr)


def run(farm: Farm, makers: Mapping[str, Making], goals: Sequence[Goal], rounds: int) -> Found:
    """First polls as often as there are rounds where they are measured, else once; then the rounds of other goals."""
    found = Found()
    first = next((one for one in goals if one.is_first), None)
    for _ in range(rounds - 1 if first else 0):
        with _begun(farm, makers, found, first):
            pass
    others = [one for one in goals if not one.is_first]
    with _begun(farm, makers, found, first) as sides:
        for goal in others:
            farm.serve(goal.kind)
            for number in range(rounds):
                _round(farm, _turned(sides, number), goal, found)
    return found


@contextmanager
def _begun(farm: Farm, makers: Mapping[str, Making], found: Found, first: Goal | None) -> Iterator[list[Side]]:
    """Every side started, and all sources asked once."""
    farm.serve("validators")
    with TemporaryDirectory(prefix="sides-") as name:
        made = [make(farm, _folder(Path(name), number)) for number, make in enumerate(makers.values())]
        sides = [side for side in made if side]
        try:
            for side in sides:
                found.starts.setdefault(side.name, []).append(side.start())
                _warm(side, first, found)
            yield sides
        finally:
            for side in sides:
                side.close()


def _warm(side: Side, first: Goal | None, found: Found) -> None:
    """All sources are read before anything else is measured, if they are not all at the first time."""
    found.add(first.name if first else WARMING, side, spent := side.round())
    for _ in range(TRIES):
        if not spent.said.get("failed"):
            return
        found.add(WARMING, side, spent := side.round())


def _round(farm: Farm, sides: Sequence[Side], goal: Goal, found: Found) -> None:
    if goal.has_news:
        farm.publish(farm.newest + 1)
    for side in sides:
        found.add(goal.name, side, side.round())


def _turned(sides: Sequence[Side], number: int) -> list[Side]:
    """Who was first is last in the next round."""
    place = number % len(sides)
    return [*sides[place:], *sides[:place]]


def _folder(parent: Path, number: int) -> Path:
    made = parent / str(number)
    made.mkdir()
    return made
