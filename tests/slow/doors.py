"""How long a door takes to say no: to a member, and to somebody whom nobody knows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from statistics import median
from time import perf_counter, process_time

from relay.web.signing.passwords import verified
from tests.edges.newsroom import Newsroom
from tests.slow.serving import NAME

KINDS = {"a member's name": NAME, "a member's address": "camille@blog.example", "nobody's name": "nobody"}


@dataclass(frozen=True, slots=True)
class Taken:
    """Medians for one kind of name, in seconds: of a try as whoever waits for it sees it, and of the work for it."""

    waited: float
    worked: float


def timed(room: Newsroom, tries: int) -> dict[str, Taken]:
    """So many wrong passwords for each kind of name, in turn."""
    taken: dict[str, list[tuple[float, float]]] = {kind: [] for kind in KINDS}
    networks = _networks()
    for _ in range(tries):
        for kind, name in KINDS.items():
            room.clock.now += timedelta(seconds=1)
            began = perf_counter(), process_time()
            verified(room.office, name, "a wrong password", next(networks))
            taken[kind].append((perf_counter() - began[0], process_time() - began[1]))
    return {kind: Taken(*map(median, zip(*found, strict=True))) for kind, found in taken.items()}


def _networks() -> Iterator[str]:
    """Each try comes from somewhere else: none waits."""
    return (f"10.{number // 65536}.{number // 256 % 256}.{number % 256}/32" for number in count())


def spread(found: Iterable[float]) -> float:
    """By which part the slowest is above the fastest."""
    several = [*found]
    return max(several) / min(several) - 1
