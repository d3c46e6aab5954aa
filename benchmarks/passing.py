"""What a pass costs beside its requests: sources on hosts of their own, whose answers are played and cost nothing.

    python -m benchmarks.passing [--sources N] [--rounds N] [--seconds S] [--hanging SHARE] [--rate N]

``--seconds`` is what each answer takes, ``--hanging`` the share of those that take thirty seconds and say nothing.
"""

import argparse
import resource
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time, sleep

import httpx

import relay.building  # noqa: F401  # the memory of a service, and not only of a step
from relay.core.directory.handles import Directory
from relay.core.document import Answer, NotModified, Unreachable
from relay.core.polling.pollstate import Place, PollState
from relay.core.source import Source, Validators
from relay.intake.wire.pace import Turns
from relay.intake.wire.robots import Robots
from relay.pipeline.desk import Desk
from relay.pipeline.poll import poll_due
from relay.pipeline.polling.asking import Polled
from relay.pipeline.reading.reader import Reader
from relay.storage import sources
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROUND = timedelta(days=8)
HANGING = 30.0


@dataclass(frozen=True, slots=True)
class Played(Reader):
    """A reader whose every answer is 304, in its turn and its time."""

    seconds: float = 0.0
    hanging: frozenset[str] = frozenset()
    turns: Turns = field(default_factory=Turns)

    def ask(self, source: Source, url: str, conditions: Validators) -> Answer:  # noqa: ARG002
        """Nothing has changed."""
        end = self.turns.take(source.id)
        is_hanging = source.id in self.hanging
        sleep(HANGING if is_hanging else self.seconds)
        end()
        return Unreachable("It does not answer.") if is_hanging else NotModified()


def main(argv: Sequence[str] | None = None) -> None:
    """Print a line for each round."""
    wanted = _wanted(argv)
    desk = _desk(wanted.sources)
    hanging = [*desk.sources][:: round(1 / wanted.hanging)] if wanted.hanging else ()
    with TemporaryDirectory() as folder, httpx.Client() as http:
        db = open_database(str(Path(folder) / "relay.db"))
        migrate(db)
        _fill(db, desk)
        reader = Played(http, Robots(http), None, seconds=wanted.seconds, hanging=frozenset(hanging))
        for number in range(wanted.rounds):
            paced = replace(reader, turns=Turns(per_second=wanted.rate))
            print(_pass(db, paced, desk, NOW + number * ROUND), flush=True)
        db.close()


def _pass(db: Database, reader: Played, desk: Desk, now: datetime) -> str:
    done: dict[str, float] = {}
    began, used = monotonic(), process_time()

    def brought(polled: Sequence[Polled]) -> None:
        done.update({one.source_id: monotonic() - began for one in polled})

    poll_due(db, reader, desk, None, now, brought)
    wall, cpu = monotonic() - began, process_time() - used
    well = max(seconds for id, seconds in done.items() if id not in reader.hanging)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    each = cpu / len(done) * 1000
    return f"{len(done)} polls, {each:.3f} ms CPU each; {wall:.1f} s, the well ones after {well:.1f} s; peak {peak} MB"


def _fill(db: Database, desk: Desk) -> None:
    """Each was read an hour ago, and is due."""
    read = PollState(polled_at=NOW - timedelta(hours=1), succeeded_at=NOW, answer="200", body="0" * 64, size=125_000)
    with db.write() as tx:
        for number, source in enumerate(desk.sources.values()):
            known = Validators(b'"one"', b"Tue, 24 Nov 2026 09:00:00 GMT", source.url)
            place = Place(configured=source.url, landed=source.url)
            due = NOW - timedelta(seconds=number % 3600)
            sources.save(tx, source.id, replace(read, due=due, validators=known, place=place), None)


def _desk(number: int) -> Desk:
    names = [f"s{each}" for each in range(number)]
    followed = {name: Source(name, f"https://{name}.example.org/feed.xml", "Source") for name in names}
    return Desk(followed, (), {}, (), Directory({}), {}, "http://127.0.0.1")


def _wanted(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.passing")
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--hanging", type=float, default=0.0)
    parser.add_argument("--rate", type=float, default=1e6)
    return parser.parse_args(argv)


if __name__ == "__main__":
    main()
