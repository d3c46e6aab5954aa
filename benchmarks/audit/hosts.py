"""C1–C3, C5, F5: what a host may expect, whichever of its feeds is asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from benchmarks.audit.tally import Check
from benchmarks.farm.exchange import Exchange
from benchmarks.farm.site import HOUR

FIRST, LONGEST = timedelta(minutes=10), 6 * HOUR


def hosts(exchanges: Iterable[Exchange]) -> Iterator[Check]:
    """Every host that was asked anything."""
    found: dict[str, list[Exchange]] = defaultdict(list)
    for exchange in exchanges:
        found[exchange.request.host].append(exchange)
    for own in found.values():
        yield from _in_flight(own)
        yield from _pauses(own)


def _in_flight(own: Sequence[Exchange]) -> Iterator[Check]:
    for before, after in pairwise(sorted(own, key=lambda one: one.began)):
        yield Check("F5", after.began >= before.ended, f"{after.address} while {before.address} was being answered")


def _pauses(own: Sequence[Exchange]) -> Iterator[Check]:
    until: datetime | None = None
    rule, refusals = "C3", 0
    for exchange in own:
        if until is not None:
            yield Check(
                rule, exchange.at >= until, f"{exchange.address}, {exchange.at:%d %H:%M}: not before {until:%d %H:%M}"
            )
        told = exchange.answer
        if not exchange.is_whole:
            continue
        if told.status == 429 or told.pause:
            refusals += 1
            unasked = min(FIRST * 2 ** (refusals - 1), LONGEST)
            until, rule = exchange.at + (told.pause or unasked), "C1 C2 C5" if told.pause else "C3"
        elif told.status in {200, 304}:
            until, refusals = None, 0
