"""Ten days of two thousand sources, in an hour: is relay polite to all of them, and does it lose anything?

    .venv/bin/python -m benchmarks.ten_days
    .venv/bin/python -m benchmarks.ten_days --each --days 3

The end is 1 if a rule was broken or an entry lost.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.audit.kept import store
from benchmarks.audit.tally import Check, Tally
from benchmarks.audit.verdict import judge
from benchmarks.farm.exchange import Exchange
from benchmarks.farm.kinds import one_of_each, sites
from benchmarks.farm.process import Far, far_end
from benchmarks.farm.site import START, Site
from benchmarks.figures import Run, figures, rules
from benchmarks.near import Clock, near_end
from relay.service import Relay

TICK = timedelta(minutes=11)
"""No part of an hour: what is asked a few minutes early would else look as if it were in time."""


def main(words: Sequence[str]) -> int:
    options = _options(words)
    tally = Tally()
    all_sites = one_of_each(options.seed) if options.each else sites(options.sources, options.seed)
    run = simulate(tally, all_sites, options.days, options.patience)
    print("\n".join([*figures(run), "", *rules(tally), *tally.words]))
    return 1 if tally.breaches else 0


def simulate(tally: Tally, all_sites: Sequence[Site], days: float, patience: float) -> Run:
    """These sources for so many days; every look at a rule goes into ``tally``.

    A request may take ``patience`` seconds, and to slow servers it takes a third of that.
    """
    began, cpu = perf_counter(), process_time()
    with (
        TemporaryDirectory() as folder,
        far_end(all_sites, patience / 3) as far,
        near_end(all_sites, far.port, Path(folder), patience) as (relay, clock),
    ):
        exchanges = _live(relay, clock, far, tally, days)
        spent = (perf_counter() - began, process_time() - cpu)
        with relay.db.read() as tx:
            found = store(tx)
    polls = judge(tally, all_sites, exchanges, found, clock.now)
    return Run(all_sites, days, exchanges, polls, found, *spent)


def _live(relay: Relay, clock: Clock, far: Far, tally: Tally, days: float) -> list[Exchange]:
    exchanges: list[Exchange] = []
    while clock.now < START + timedelta(days=days):
        far.at(clock.now)
        polled = relay.poll()
        tally.count(Check("G1 A4", one.edited == 0, f"{one.source_id} at {clock.now}") for one in polled)
        if clock.now.hour == 0 and clock.now.minute < TICK.total_seconds() / 60:
            exchanges += far.written()
            print(f"{clock.now:%d %B}: {len(exchanges):,} requests so far", file=sys.stderr, flush=True)
        clock.now += TICK
    return [*exchanges, *far.written()]


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ten_days", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sources", type=int, default=2000, help="how many publishers (2000)")
    parser.add_argument("--each", action="store_true", help="one publisher of each kind instead")
    parser.add_argument("--days", type=float, default=10, help="of simulated time (10)")
    parser.add_argument("--seed", type=int, default=1, help="another one, another world (1)")
    parser.add_argument("--patience", type=float, default=3, help="real seconds that a request may take (3)")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
