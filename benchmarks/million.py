"""A million sources and a hundred workers: what breaks first, by what each step costs on this machine.

    python -m benchmarks.million [--sources N] [--workers N] [--interval S] [--cores N] [--seconds S] [--polls N]

It fills a real PostgreSQL with so many sources, measures a poll, its writes, its turn, its job and the look at what is
due, and then lets a program (``scaled/simulated.py``) play ``--seconds`` of it, each asked every ``--interval``.
``--cores`` are the database's. Nothing is asked of anybody but of the farm on this machine.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.real.ports import free_port

from benchmarks.queueing.served import addresses
from benchmarks.scaled import measured
from benchmarks.scaled.measured import Bench, Cost
from benchmarks.scaled.simulated import Found, Town, run
from benchmarks.scaled.world import filled, make_due, read, written
from relay.rounds import visit
from relay.storage.database import open_database
from relay.storage.schema import migrate
from relay.wiring import build

HAND_OUT = 250.0
"""Jobs a second that the leader hands out at most: 500 that wait, looked at every 2 s."""
ANSWER = 0.3
"""Seconds that the world takes to answer, of a document that has not changed."""
REQUEST = 1_500
"""Bytes of a 304 in both directions, with the handshakes of TCP and TLS 1.3 some 5,000 more."""
HANDSHAKES = 5_000


def main(words: Sequence[str] | None = None) -> int:
    """Measure, then play; the tables."""
    asked = _parser().parse_args(words)
    with TemporaryDirectory(prefix="relay-million-") as name:
        folder = Path(name)
        with addresses("postgresql", folder / "pg") as (urls, server):
            assert server is not None
            poll = _polls(folder, urls["few"], server, asked.polls)
            bench = _measured(urls["many"], server, asked.rows or asked.sources, asked.quick)
            bench.found["poll"] = poll
    _say_costs(bench, asked)
    _play(bench, asked)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, help="how many are in the database when it is measured; all")
    parser.add_argument("--quick", type=int, default=300, help="how often each is measured")
    parser.add_argument("--workers", type=int, default=100)
    parser.add_argument("--interval", type=float, default=3600.0)
    parser.add_argument("--cores", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--polls", type=int, default=100)
    return parser


def _polls(folder: Path, database: str, server: int, number: int) -> Cost:
    """One after the other, of sources that have nothing new, by the step that workers do."""
    farm = free_port()
    file = written(folder, number, (farm, free_port()))
    os.environ["RELAY_DATABASE"] = database
    command = (sys.executable, "-m", "benchmarks.scaled.farm", str(farm), "0", "0", str(folder / "log"))
    with subprocess.Popen(command) as publisher:
        try:
            time.sleep(1)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.process_time()
            configuration = read(file)
            _say_file(number, time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
            with build(configuration) as relay:
                filled(relay.db, configuration)
                make_due(relay.db, number)
                visit(relay, ["s0"], lambda _: None)
                bench = Bench(relay.db, server)
                return bench.measure("poll", lambda each: visit(relay, [f"s{each}"], lambda _: None), number - 1)
        finally:
            publisher.terminate()


def _say_file(number: int, seconds: float, grown: int) -> None:
    print(f"configuration: {1000 * seconds / number:.2f} ms and {grown / number:.1f} KiB a source")


def _measured(database: str, server: int, many: int, number: int) -> Bench:
    db = open_database(database)
    try:
        migrate(db)
        bench = Bench(db, server)
        measured.fill(bench, many)
        measured.quiet(bench, number)
        measured.turn(bench, number)
        measured.job(bench, max(number, 100))
        measured.due_some(bench, 5)
        measured.due_all(bench, many)
        for name, sql in _SIZES.items():
            bench.found[name] = Cost(0.0, log=bench.ask(sql) / (many if name == "source's bytes" else number + 1))
    finally:
        db.close()
    return bench


_SIZES = {
    "source's bytes": "SELECT pg_total_relation_size('sources')",
    "fetch's bytes": "SELECT pg_total_relation_size('fetches')",
}


def _say_costs(bench: Bench, asked: argparse.Namespace) -> None:
    print(
        f"\n{asked.rows or asked.sources} sources\n{'':16}"
        f"{'wall ms':>10}{'client ms':>11}{'database ms':>13}{'WAL bytes':>11}"
    )
    for name, cost in bench.found.items():
        if not name.endswith("bytes"):
            one = (1000 * cost.wall, 1000 * cost.client, 1000 * cost.database)
            print(f"{name:16}{one[0]:10.2f}{one[1]:11.2f}{one[2]:13.2f}{cost.log:11.0f}")
    source, fetch = bench.found["source's bytes"].log, bench.found["fetch's bytes"].log
    rate = asked.sources / asked.interval
    log = sum(bench.found[name].log for name in ("quiet write", "turn", "job"))
    print(
        f"rows: {source:.0f} bytes a source = {asked.sources * source / 1e9:.1f} GB, and with 50 fetches of {fetch:.0f}"
    )
    print(f"bytes each {asked.sources * 50 * fetch / 1e9:.0f} GB more; WAL {rate * log / 1e6:.1f} MB/s = ", end="")
    print(f"{rate * log * 86400 / 1e9:.0f} GB a day; network {rate * (REQUEST + HANDSHAKES) * 8 / 1e6:.0f} Mbit/s")
    print(
        f"one host with 50,000 sources, a second after each {ANSWER:g} s: {50_000 * (1 + ANSWER) / 3600:.0f} h a round"
    )


def _play(bench: Bench, asked: argparse.Namespace) -> None:
    found = bench.found
    cost = found["poll"].database + found["turn"].database + found["job"].database
    own = found["poll"].client + found["job"].client
    town = Town(
        asked.sources, asked.interval, asked.workers, 8, asked.cores, own, cost,
        whole=max(4 * found["quiet write"].wall, 0.005), answer=ANSWER,
    )  # fmt: skip
    print(f"\na poll: {1000 * own:.1f} ms of a worker, {1000 * cost:.1f} ms of the database, 1 in 50 has news")
    print(f"{'':34}{'wanted/s':>9}{'done/s':>8}{'late s':>8}  busy")
    for name, one in _towns(town):
        _say(name, one, run(one, asked.seconds))


def _towns(town: Town) -> list[tuple[str, Town]]:
    """As it was, as it is, and then more of it until something else is the limit."""
    often = [("narrow, twice as often", 2), ("narrow, 4 times as often", 4), ("narrow, 10 times as often", 10)]
    return [
        ("every writer alone", replace(town, narrow=False)),
        ("narrow, 250 jobs/s handed out", replace(town, hand_out=HAND_OUT)),
        ("narrow, all that is due", town),
        *((name, replace(town, interval=town.interval / more)) for name, more in often),
    ]


def _say(name: str, town: Town, found: Found) -> None:
    busy = ", ".join(f"{what} {100 * share:.0f} %" for what, share in found.busy.items() if share > 0)
    print(f"{name:34}{town.sources / town.interval:9.0f}{found.rate:8.0f}{found.late:8.1f}  {busy}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
