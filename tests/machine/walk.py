"""A walk whose every step is chosen by a seed; one that goes wrong is made as short as it can be."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from relay.pipeline import auditing
from relay.storage import ledger
from tests.machine import invariants
from tests.machine.draining import drain
from tests.machine.far_end import KINDS
from tests.machine.life import NEVER, Life
from tests.machine.process import Process
from tests.machine.rules import RULES, Step, take
from tests.machine.weather import news

STEPS = 100
"""Of one walk."""
ALIKE = 28
"""Two walks go wrong alike that begin to say so with as many same letters."""
PATIENCE = 20.0
"""Seconds that are spent on making a walk shorter."""


@dataclass
class Tally:
    """What walks have come to, for whoever wants to know that they have come to anything."""

    steps: int = 0
    seen: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Violation:
    """What went wrong, in the walk of which seed, and the fewest steps that are known to lead there."""

    seed: int
    kind: str
    what: str
    steps: tuple[Step, ...]


def begun(process: Process, kind: str) -> Life:
    """With two entries, and two people who have seen them."""
    life = Life(process, kind)
    for _ in range(2):
        news(life, NEVER)
    life.pages = {name: life.rows() for name in life.pages}
    return life


def kind_of(seed: int) -> str:
    """Which kind of network the walk of this seed goes to."""
    return KINDS[seed % len(KINDS)]


def steps_of(seed: int, number: int = STEPS) -> tuple[Step, ...]:
    """The same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # nothing is kept secret by it
    names, weights = list(RULES), [rule.weight for rule in RULES.values()]
    chosen = chance.choices(names, weights, k=number)
    return tuple((name, tuple(chance.choice(some) for some in RULES[name].choices)) for name in chosen)


def walk(process: Process, kind: str, steps: Sequence[Step], tally: Tally) -> str:
    """What went wrong on it; empty where nothing did. All is verified at its end once more."""
    life = begun(process, kind)
    try:
        for step in steps:
            take(life, step)
            tally.steps += 1
            invariants.check(life)
        drain(life)
        invariants.check(life)
        found, strays = auditing.verify(process.db)
        assert (found.wrong, strays) == ("", ())
    except Exception as error:  # noqa: BLE001  # whatever breaks is a finding
        return f"{type(error).__name__}: {error}"
    tally.seen.update(counted(life))
    return ""


def counted(life: Life) -> Iterator[str]:
    """The states that were come to, what was published, and what people were warned of."""
    yield from ["published"] * life.far_end.taken
    yield from ["restored"] * life.is_restored
    with life.process.db.read() as tx:
        yield from (str(line["to_state"]) for line in ledger.lines(tx) if line["to_state"])


def shortened(process: Process, kind: str, steps: Sequence[Step]) -> tuple[tuple[Step, ...], str]:
    """Without whatever can be left out, in ever smaller pieces, for as long as there is patience."""
    end, best, said = time.monotonic() + PATIENCE, tuple(steps), walk(process, kind, steps, Tally())
    size = max(len(best) // 2, 1)
    while time.monotonic() < end:
        shorter = _shorter(process, kind, best, said, (size, end))
        if shorter:
            best, said = shorter
        elif size == 1:
            break
        else:
            size //= 2
    return best, said


def _shorter(
    process: Process, kind: str, steps: tuple[Step, ...], said: str, within: tuple[int, float]
) -> tuple[tuple[Step, ...], str] | None:
    """A part is left out if the same goes wrong without it."""
    size, end = within
    for start in range(0, len(steps), size):
        fewer = steps[:start] + steps[start + size :]
        if time.monotonic() < end and (new := walk(process, kind, fewer, Tally()))[:ALIKE] == said[:ALIKE]:
            return fewer, new
    return None
