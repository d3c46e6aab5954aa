"""Whether sources were asked politely, whoever asked them: seen from their own records."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.scale.farm import Asked
from tests.scale.torment import ALL, Incident

GAP = 1.0
"""Seconds from the end of one request to a host to the beginning of its next."""
MARGIN = 0.05
"""Seconds. A source sees a request end before the one who asked does, and begin later: what it sees between two is never
shorter than what was kept. Times are stored to the millisecond or so, and clocks are read one after the other."""
SLACK = 1.06
"""A source is due a twentieth after its interval at most."""
EARLY = 1.5
"""Seconds. Relay counts times of polls in whole seconds."""
STORING = 10.0
"""Seconds after an answer in which what came of it is stored, on a machine that has much else to do."""


@dataclass(frozen=True, slots=True)
class Manners:
    """Sentences for what should not be; ``beside`` is what a stop, a death or a cut of the one who asked explains."""

    hurried: tuple[str, ...]
    twice: tuple[str, ...]
    hurried_beside: int
    twice_beside: int
    tightest: float


def manners(asked: Sequence[Asked], incidents: Sequence[Incident], every: float) -> Manners:
    """``every``: between two polls of a source, in seconds."""
    of_host, of_source = _by(asked, lambda one: one.host), _by(asked, lambda one: str(one.source))
    gaps = [(a, b, b.began - a.ended) for own in of_host for a, b in _pairs(own)]
    close = [(a, b, gap) for a, b, gap in gaps if gap < GAP - MARGIN]
    hurried = [one for one in close if not _befell(incidents, one[0]) and not _befell(incidents, one[1])]
    soon = [(a, b, b.began - a.began) for own in of_source for a, b in _pairs(own) if b.began - a.ended < every - EARLY]
    twice = [one for one in soon if not _befell(incidents, one[0])]
    return Manners(
        tuple(f"{a.host}: {a.worker} and {b.worker}, {gap:.2f} s apart" for a, b, gap in hurried),
        tuple(f"source {a.source}: {a.worker} and {b.worker}, {gap:.1f} s apart" for a, b, gap in twice),
        len(close) - len(hurried),
        len(soon) - len(twice),
        min((gap for a, b, gap in gaps if (a, b, gap) not in close or (a, b, gap) in hurried), default=GAP),
    )


def forgotten(asked: Sequence[Asked], every: float, patience: float, now: float) -> list[str]:
    """Sources that were asked, are due since ``patience`` seconds, and are asked by nobody."""
    last = {one.source: one for one in sorted(asked, key=lambda one: one.began)}
    late = [one for one in last.values() if now - one.ended > every * SLACK + patience]
    return [f"source {one.source}, {now - one.ended:.0f} s after {one.worker} asked it last" for one in late]


def _by(asked: Sequence[Asked], key: Callable[[Asked], str]) -> list[list[Asked]]:
    found: dict[str, list[Asked]] = defaultdict(list)
    for one in sorted(asked, key=lambda one: one.began):
        found[key(one)].append(one)
    return list(found.values())


def _pairs(own: Sequence[Asked]) -> Iterator[tuple[Asked, Asked]]:
    return pairwise(own)


def _befell(incidents: Sequence[Incident], asked: Asked) -> bool:
    """Whether something befell who asked, from a little before the request until what came of it was stored."""
    own = (one for one in incidents if one.target in {asked.worker, ALL})
    return any(one.began < asked.ended + STORING and one.ended > asked.began - 1 for one in own)
