"""Every rule over everything that was asked."""

from collections.abc import Sequence
from datetime import datetime

from benchmarks.audit.alive import alive
from benchmarks.audit.conditions import conditions
from benchmarks.audit.hosts import hosts
from benchmarks.audit.kept import Store, kept
from benchmarks.audit.polls import Poll, polls
from benchmarks.audit.shape import shape
from benchmarks.audit.tally import Tally
from benchmarks.audit.waits import waits
from benchmarks.farm.exchange import Exchange
from benchmarks.farm.site import Site


def judge(
    tally: Tally, sites: Sequence[Site], exchanges: Sequence[Exchange], found: Store, end: datetime
) -> dict[int, list[Poll]]:
    """Count every look into ``tally``; the polls of each publisher."""
    told = polls(sites, exchanges)
    for own in told.values():
        tally.count(conditions(own))
        tally.count(shape(own))
        tally.count(waits(own))
        tally.count(alive(own, end))
    tally.count(hosts(exchanges))
    tally.count(kept(found, told, sites, end))
    return told
