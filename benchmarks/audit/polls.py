"""What was asked of one publisher, told poll by poll."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from benchmarks.farm.exchange import Exchange
from benchmarks.farm.site import Site

REDIRECTS = frozenset({301, 302})


@dataclass(frozen=True, slots=True)
class Poll:
    """One question, with the redirects on its way."""

    site: Site
    steps: tuple[Exchange, ...]

    @property
    def at(self) -> datetime:
        """The simulated instant."""
        return self.steps[0].at

    @property
    def last(self) -> Exchange:
        """The answer at the end of the way."""
        return self.steps[-1]

    @property
    def status(self) -> int:
        """What it ended with; zero where the asker did not wait for it."""
        return self.last.answer.status if self.last.is_whole else 0

    @property
    def is_read(self) -> bool:
        """Whether it ended with a feed that can be read."""
        return self.last.is_whole and self.last.answer.newest is not None

    @property
    def is_same(self) -> bool:
        """Whether it ended with a 304."""
        return self.status == 304

    @property
    def is_well(self) -> bool:
        """Whether the answer was of use."""
        return self.is_read or self.is_same

    @property
    def is_told_off(self) -> bool:
        """Whether it was asked to come back later (429, or 503 with ``Retry-After``)."""
        return self.status == 429 or (self.status == 503 and self.last.answer.pause is not None)

    def __str__(self) -> str:
        told = self.last.answer
        return f"{self.site.kind} ({self.last.address}), {self.at:%d %H:%M}, {told.status} {told.manner}"


def polls(sites: Sequence[Site], exchanges: Iterable[Exchange]) -> dict[int, list[Poll]]:
    """The polls of each publisher, in their order: an exchange that a redirect led to belongs to the one before."""
    found: dict[int, list[Poll]] = {site.number: [] for site in sites}
    known = [exchange for exchange in exchanges if exchange.site is not None]
    by_number = {site.number: site for site in sites}
    for number, own in groupby(sorted(known, key=_site), _site):
        found[number] = [Poll(by_number[number], tuple(steps)) for steps in _ways(list(own))]
    return found


def _site(exchange: Exchange) -> int:
    assert exchange.site is not None
    return exchange.site


def _ways(exchanges: Sequence[Exchange]) -> list[list[Exchange]]:
    ways: list[list[Exchange]] = []
    for exchange in exchanges:
        before = ways[-1][-1] if ways else None
        if before and before.at == exchange.at and before.answer.status in REDIRECTS:
            ways[-1].append(exchange)
        else:
            ways.append([exchange])
    return ways
