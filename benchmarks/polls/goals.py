"""The goals of polling: what the sources do, and what relay may cost beside whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Goal:
    """``kind`` is how the farm serves; ``limits`` is what relay may cost, as a part of what each of these does.

    ``is_first`` is the first poll of a new database; ``has_news`` means that each source has a new entry each round.
    ``sources`` is how many there are where nobody says. ``status`` is what each answers, with so many ``new`` entries.
    """

    name: str
    what: str
    kind: str
    limits: Mapping[str, Fraction]
    sources: int = 200
    status: str = "200"
    new: int = 0
    is_first: bool = False
    has_news: bool = False
    tls: bool = False


BREATH = 4
"""Sources that those who stay read as they start: what a process loads and compiles once is no part of a first poll."""
READER, FLOOR = "reader", "bare pycurl"
GOALS = (
    Goal("P4", "first poll", "validators", {READER: Fraction(1, 12)}, is_first=True),
    Goal("P1", "a 304", "validators", {READER: Fraction(1, 8), FLOOR: Fraction(3)}, sources=1000, status="304"),
    Goal("P1-TLS", "a 304 over TLS", "validators", {READER: Fraction(10, 25)}, sources=1000, status="304", tls=True),
    Goal("P2", "the same bytes, no validators", "bare", {READER: Fraction(1, 100)}),
    Goal("P3", "one new entry in thirty", "validators", {READER: Fraction(1, 40)}, new=1, has_news=True),
)
"""In the order in which one run measures them."""


def goal(name: str) -> Goal:
    """The one of this name; ``KeyError`` where there is none."""
    return {one.name: one for one in GOALS}[name]
