"""How steadily something grows: the line of least squares through the days."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Trend:
    """So much a day, give or take the ``spread``: twice the standard error of the slope."""

    slope: float
    spread: float

    def is_within(self, most: float) -> bool:
        """Whether the days do not show that it grows by more than ``most``."""
        return self.slope - self.spread <= most


def trend(values: Sequence[float]) -> Trend:
    """Of one value a day, in order; of fewer than three nothing can be said, and the spread says so."""
    count = len(values)
    middle, mean = (count - 1) / 2, sum(values) / count if count else 0.0
    width = sum((at - middle) ** 2 for at in range(count))
    if count < 3:
        return Trend(0.0, float("inf"))
    slope = sum((at - middle) * (value - mean) for at, value in enumerate(values)) / width
    rest = sum((value - mean - slope * (at - middle)) ** 2 for at, value in enumerate(values))
    return Trend(slope, 2 * sqrt(rest / (count - 2) / width))
