"""A number that says how relay does, for whoever watches it by a machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number means. ``name`` says its unit; ``total`` ones only grow, the others go up and down."""

    name: str
    about: str
    labels: tuple[str, ...] = ()
    kind: Literal["now", "total"] = "now"


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure at one moment: a number for each set of labels, in the order of ``Measure.labels``."""

    measure: Measure
    numbers: Mapping[tuple[str, ...], float]
