"""P10: what four workers on one PostgreSQL do beside one, and that no source is asked twice.

    python -m benchmarks.workers [--sources N] [--rounds N] [--delays 0.2 0] [--at-once N] [--by step|relay] [--whole]

The farm's publishers each take ``delay`` seconds to answer. With 0 s it is the machine that is the limit: on two cores
that says what a poll costs, not how workers add up. ``--whole`` has every writer shut out all others, as it was before.
The end is 1 where four did less than three times the polls of one at the longest delay, or a source was asked twice.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import sleep

from tests.real.ports import free_port

from benchmarks.queueing.served import addresses
from benchmarks.scaled.crew import Place, Run, by_relay, by_step
from benchmarks.scaled.world import filled, make_due, read, written
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate

FEW, MANY, GOAL = 1, 4, 3.0


def main(words: Sequence[str] | None = None) -> int:
    """Each delay, each round: one worker, then four; a line a run, and the ratio."""
    asked = _parser().parse_args(words)
    goods = []
    for delay in asked.delays:
        with TemporaryDirectory(prefix="relay-workers-") as name:
            goods.append(_at(Path(name), asked, delay))
    return 0 if goods[0] else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--delays", type=float, nargs="+", default=[0.2, 0.0])
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--news", type=int, default=50, help="one source in so many has news; 0: none")
    parser.add_argument("--by", choices=("step", "relay"), default="step")
    parser.add_argument("--whole", action="store_true")
    return parser


def _at(folder: Path, asked: argparse.Namespace, delay: float) -> bool:
    print(f"\nanswers after {delay:g} s, {asked.at_once} at once a worker, 1 source in {asked.news} has news")
    file, farm = _files(folder, asked.sources)
    with addresses("postgresql", folder / "pg") as (urls, server), _farm(folder, farm, delay, asked.news) as publisher:
        assert server is not None
        mode = {"BENCHMARK_WRITERS": "whole"} if asked.whole else {}
        place = Place(file, {"RELAY_DATABASE": urls["many"], **mode}, folder / "farm.log", server, publisher)
        db = open_database(urls["many"])
        try:
            migrate(db)
            _fill(db, place)
            found = {number: [_run(db, place, asked, number) for _ in range(asked.rounds)] for number in (FEW, MANY)}
        finally:
            db.close()
    return _say(found)


def _files(folder: Path, sources: int) -> tuple[Path, int]:
    farm, page = free_port(), free_port()
    return written(folder, sources, (farm, page)), farm


def _fill(db: Database, place: Place) -> None:
    import os  # noqa: PLC0415

    os.environ.update(place.environment)
    filled(db, read(place.file))


def _run(db: Database, place: Place, asked: argparse.Namespace, number: int) -> Run:
    """One worker has a part of the sources, so that it takes no longer than four."""
    sources = asked.sources if number == MANY else asked.sources // 3
    if asked.by == "relay":
        run = by_relay(place, number, sources, lambda: make_due(db, sources))
    else:
        make_due(db, sources)
        run = by_step(place, number, asked.at_once, [f"s{n}" for n in range(sources)])
    parts = (f"{name} {run.cost(what):.1f}" for name, what in _costs(run))
    print(
        f"  {number} worker{'s' if number > 1 else ' '}: {run.polls} polls in {run.seconds:.1f} s = {run.rate:.1f}/s;"
        f" CPU ms a poll: {', '.join(parts)}; asked twice: {run.twice}",
        flush=True,
    )
    return run


def _costs(run: Run) -> tuple[tuple[str, float], ...]:
    return ("workers", run.workers), ("database", run.database), ("farm", run.farm)


def _say(found: Mapping[int, Sequence[Run]]) -> bool:
    few, many = (sorted(run.rate for run in found[number]) for number in (FEW, MANY))
    ratio, twice = median(many) / median(few), sum(run.twice for runs in found.values() for run in runs)
    spread = f"{many[0] / few[-1]:.2f} to {many[-1] / few[0]:.2f}"
    busy = median(run.workers + run.database + run.farm for run in found[MANY]) / median(
        run.seconds for run in found[MANY]
    )
    print(f"  ratio {ratio:.2f} ({spread}); asked twice: {twice}; cores busy with four: {busy:.2f}")
    return ratio >= GOAL and not twice


@contextmanager
def _farm(folder: Path, port: int, delay: float, news: int) -> Iterator[int]:
    command = (
        sys.executable,
        "-m",
        "benchmarks.scaled.farm",
        str(port),
        str(delay),
        str(news),
        str(folder / "farm.log"),
    )
    with subprocess.Popen(command) as process:
        try:
            sleep(1)
            yield process.pid
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())
