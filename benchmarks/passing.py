"""What a pass costs beside its requests: sources on hosts of their own, whose answers are played and cost nothing.

    python -m benchmarks.passing [--sources N] [--rounds N] [--seconds S] [--hanging SHARE] [--rate N]

``--seconds`` is what each answer takes, ``--hanging`` the share of those that take thirty seconds and say nothing.
"""

import argparse
import resource
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time, sleep

import httpx

import relay.building  # noqa: F401  # the memory of a service, and not only of a step
from relay.core.directory.handles import Directory
from relay.core.polling.pause import host_of
from relay.core.polling.pollstate import Place, PollState
from relay.core.source import Source, Validators
from relay.intake.wire.address import WebAddress
from relay.intake.wire.exchange import Ended, Exchanges, Headers, Reply
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
HEAD = ((b"date", b"Tue, 24 Nov 2026 10:00:00 GMT"), (b"server", b"nginx"), (b"etag", b'"one"'))


@dataclass(slots=True)
class Played:
    """Exchanges whose every answer is 304, in its time: nothing is sent, and nobody waits but whoever asks for more."""

    seconds: float
    hanging: frozenset[str]
    spacing: float
    agent: str = "relay"
    _next: float = 0.0
    _ends: list[tuple[float, int, Hashable, WebAddress]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def start(self, key: Hashable, url: WebAddress, headers: Headers, left: float = inf) -> None:  # noqa: ARG002
        """So many in a second, each for so long."""
        self._next = max(self._next, monotonic()) + self.spacing
        end = self._next - self.spacing + (HANGING if url.host in self.hanging else self.seconds)
        heappush(self._ends, (end, next(self._numbers), key, url))

    def done(self, seconds: float) -> list[Ended]:
        """Those whose time is over."""
        if not self._ends:
            return []
        sleep(max(0.0, min(seconds, self._ends[0][0] - monotonic())))
        now, found = monotonic(), list[Ended]()
        while self._ends and self._ends[0][0] <= now:
            *_, key, url = heappop(self._ends)
            found.append((key, self._said(url)))
        return found

    def _said(self, url: WebAddress) -> Reply | Exception:
        if url.host in self.hanging:
            return httpx.ReadTimeout("the time for this request is over", request=httpx.Request("GET", url.text))
        return Reply(304, "Not Modified", url, HEAD)

    def wake(self) -> None:
        """Whoever sleeps here sleeps on: nothing that is played ends in a thread, but what hangs."""

    def close(self) -> None:
        """Nothing is open."""

    def many(self, at_once: int) -> Exchanges:  # noqa: ARG002
        """It plays as many as are wanted."""
        return self

    def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:  # noqa: ARG002
        """For whoever asks alone, with care, and waits."""
        sleep(HANGING if url.host in self.hanging else self.seconds)
        said = self._said(url)
        if isinstance(said, Exception):
            raise said
        return said


def main(argv: Sequence[str] | None = None) -> None:
    """Print a line for each round."""
    wanted = _wanted(argv)
    desk = _desk(wanted.sources)
    hanging = [*desk.sources][:: round(1 / wanted.hanging)] if wanted.hanging else ()
    hosts = frozenset(host_of(desk.sources[id].url) for id in hanging)
    with TemporaryDirectory() as folder, httpx.Client() as http:
        db = open_database(str(Path(folder) / "relay.db"))
        migrate(db)
        _fill(db, desk)
        for number in range(wanted.rounds):
            reader = Reader.over(http, polls=Played(wanted.seconds, hosts, 1 / wanted.rate))
            print(_pass(db, reader, desk, NOW + number * ROUND, {*hanging}), flush=True)
        db.close()


def _pass(db: Database, reader: Reader, desk: Desk, now: datetime, hanging: set[str]) -> str:
    done: dict[str, float] = {}
    began, used = monotonic(), process_time()

    def brought(polled: Sequence[Polled]) -> None:
        done.update({one.source_id: monotonic() - began for one in polled})

    poll_due(db, reader, desk, None, now, brought)
    wall, cpu = monotonic() - began, process_time() - used
    well = max(seconds for id, seconds in done.items() if id not in hanging)
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
