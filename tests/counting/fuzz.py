"""relay's count of many texts, as ``relay count`` has it, against what others count."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from relay.core.account import Limits, Unit
from relay.core.language.length import measure
from tests.counting import oracles
from tests.counting.differences import explained
from tests.counting.strings import strings

ORACLES: dict[Unit, Callable[[str], int]] = {
    "weighted": oracles.x,
    "graphemes": oracles.graphemes,
    "code points": oracles.code_points,
    "bytes": oracles.utf8,
    "utf-16": oracles.utf16,
    "emoji as bytes": oracles.threads,
}


@dataclass(slots=True)
class Tally:
    """How many texts were looked at; of the differences, how many in each class, and those of no class."""

    texts: int = 0
    classes: dict[Unit, Counter[str]] = field(default_factory=lambda: {unit: Counter() for unit in ORACLES})
    unexplained: list[tuple[Unit, str]] = field(default_factory=list)


def fuzz(seed: int, count: int) -> Tally:
    """Count ``count`` texts in every unit, by relay and by its oracle."""
    tally = Tally()
    for text in strings(seed, count):
        tally.texts += 1
        for unit in ORACLES:
            _look(text, unit, tally)
    return tally


def _look(text: str, unit: Unit, tally: Tally) -> None:
    if agree(unit, text):
        return
    name = explained(text, unit, partial(agree, unit))
    if name is None:
        tally.unexplained.append((unit, text))
    else:
        tally.classes[unit][name] += 1


def agree(unit: Unit, text: str) -> bool:
    """Whether relay counts as its oracle does."""
    return ours(text, unit) == ORACLES[unit](text)


def ours(text: str, unit: Unit) -> int:
    """What ``relay count`` says."""
    (count,) = measure(text, Limits(text=((unit, 1),)))
    return count.used
