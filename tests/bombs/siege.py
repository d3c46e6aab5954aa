"""A real daemon with good sources and bad ones: these are asked some at a time, those again and again."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from relay.core.people import Role
from relay.core.polling.pollstate import PollState
from relay.storage import people, sessions
from relay.storage import sources as rows
from relay.storage.database import Database
from relay.storage.tables.intake import fetches, sources
from relay.wiring import clock
from tests.bombs.bombs import Served
from tests.bombs.measured import Measured, memory, percentile
from tests.bombs.town import Town, opened
from tests.edges.opened import opened as database
from tests.real.ports import free_port

GOOD = 5
"""Sources that send nothing but news."""
TICK = 5.0
"""Seconds between two looks of the daemon at what is due: as late is everybody, always."""
TURN = 7.0
"""Seconds after which the good sources are due again."""
MEMORY, WALL, LATE, PAGE = 64 * 1024**2, 10.0, 5.0, 0.3
"""What is promised: bytes that it grows by; seconds for a document, beyond a tick, and for 95 of 100 pages."""
STEADY = 90.0
SESSION = "a-session-of-camille"
_SERVICE = """
version = 1
language = "en"

[service]
listen = "127.0.0.1:{port}"
database = "{folder}/relay.db"
feeds = "{folder}/feeds"
allow = ["127.0.0.0/8"]
"""


@dataclass(slots=True)
class Report:
    """What came of it; ``took`` are the seconds of each document, from its last byte to its row, ``said`` the answers."""

    took: dict[str, float] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    idle: int = 0
    most: int = 0
    late: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    failed: int = 0
    is_alive: bool = True

    @property
    def wrong(self) -> list[str]:
        """What does not hold."""
        worst, page = max(self.late, default=0.0), percentile(self.pages, 0.95)
        found = [f"{name}: {took:.1f} s" for name, took in self.took.items() if took > WALL]
        found += [] if self.is_alive else ["the daemon has died"]
        found += [f"it grew by {self.grown} MiB"] if self.most - self.idle > MEMORY else []
        found += [f"a good source was asked {worst:.1f} s late"] if worst > TICK + LATE else []
        found += [f"pages took {page * 1000:.0f} ms"] if page > PAGE else []
        return found + ([f"{self.failed} pages failed"] if self.failed else [])

    @property
    def grown(self) -> int:
        """Mebibytes."""
        return (self.most - self.idle) // 1024**2


@dataclass(slots=True)
class Siege:
    """All that takes part in it."""

    town: Town
    db: Database
    good: Mapping[str, str]
    bad: Mapping[str, str]
    process: "subprocess.Popen[bytes]"
    port: int
    report: Report = field(default_factory=Report)
    _due: dict[str, float] = field(default_factory=dict)
    """Good sources that are due and have not been asked, each since when."""
    _next: float = 0.0

    def settle(self) -> None:
        """Every good source was asked once; the memory that the daemon needs for that is what it begins with."""
        self.good_ones_due()
        self.until(lambda: not self._due, STEADY)
        self.report.late.clear()
        time.sleep(1)
        self.report.idle = memory(self.process.pid)

    def throw(self, names: Sequence[str]) -> None:
        """Have these documents read; good sources are asked meanwhile."""
        before = self.rows()
        self.due(names)
        self.until(lambda: all(self._is_read(name, before) for name in names), STEADY)

    def _is_read(self, name: str, before: Mapping[str, int]) -> bool:
        if name not in self.report.took and self.rows().get(name, 0) > before.get(name, 0):
            self.report.took[name] = time.monotonic() - self.town.sent[self.bad[name]]
            with self.db.read() as tx:
                last = select(fetches.c.answer).where(fetches.c.source_id == _id(name)).order_by(fetches.c.id.desc())
                self.report.said[name] = str(tx.execute(last.limit(1)).scalar())
        return name in self.report.took

    def rows(self) -> dict[str, int]:
        """How many fetches of each bad source are written down."""
        with self.db.read() as tx:
            found = tx.execute(select(fetches.c.source_id, func.count()).group_by(fetches.c.source_id))
            known = {str(id): int(number) for id, number in found}
        return {name: known.get(_id(name), 0) for name in self.bad}

    def until(self, is_so: object, seconds: float) -> None:
        """Wait, and watch the good sources."""
        assert callable(is_so)
        end = time.monotonic() + seconds
        while not is_so() and time.monotonic() < end and self.process.poll() is None:
            self._watch()
            time.sleep(0.05)
        self.report.is_alive = self.process.poll() is None

    def _watch(self) -> None:
        for name, since in list(self._due.items()):
            asked = self.town.asked.get(self.good[name], 0.0)
            if asked >= since:
                self.report.late.append(asked - since)
                del self._due[name]
        if not self._due and time.monotonic() > self._next:
            self.good_ones_due()

    def good_ones_due(self) -> None:
        """From now on."""
        self._next = time.monotonic() + TURN
        self._due = dict.fromkeys(self.good, time.monotonic())  # before: it may be asked at once
        self.due(tuple(self.good))

    def overdue(self) -> None:
        """Whoever still waits has waited for so long."""
        self.report.late += [time.monotonic() - since for since in self._due.values()]

    def due(self, names: Sequence[str]) -> None:
        """They are to be asked now, whatever the daemon thinks."""
        now_due = update(sources).where(sources.c.id.in_([_id(one) for one in names]))
        for _ in range(20):  # on a machine that has much else to do the daemon may be long at its own
            with suppress(OperationalError), self.db.write() as tx:
                tx.execute(now_due.values(due=clock()))
                return


def besieged(folder: Path, bombs: Mapping[str, Served], at_once: int = 4, plant: str = "") -> Report:
    """Have every one of ``bombs`` read by a daemon."""
    with siege(folder, bombs, plant) as found, _page(found) as page:
        found.settle()
        measured = Measured(found.process.pid, page)
        measured.watch()
        names = list(bombs)
        for place in range(0, len(names), at_once):
            found.throw(names[place : place + at_once])
        found.overdue()
        measured.end()
        report = found.report
        report.most, report.pages, report.failed = measured.most, measured.pages, measured.failed
        report.took |= {name: STEADY for name in names if name not in report.took}
        return report


@contextmanager
def siege(folder: Path, bombs: Mapping[str, Served], plant: str) -> Iterator[Siege]:
    """A daemon before its sources, none of which is due."""
    good = {f"good {number}": f"127.0.4.{number}" for number in range(1, GOOD + 1)}
    bad = {name: f"127.0.3.{number}" for number, name in enumerate(bombs, start=1)}
    port = free_port()
    with opened({**good, **bad}) as town, database(folder) as db, (folder / "log").open("wb") as log:
        town.bombs = {bad[name]: served for name, served in bombs.items()}
        _prepare(db, [*good, *bad])
        file = folder / "relay.toml"
        file.write_text(_configuration(folder, port, {**good, **bad}, town.port), encoding="utf-8")
        command = [sys.executable, "-m", "tests.bombs.service", plant, "run", "--config", str(file)]
        with subprocess.Popen(command, stderr=log, stdout=log) as process:
            try:
                yield Siege(town, db, good, bad, process, port)
            finally:
                process.kill()


def _prepare(db: Database, names: Sequence[str]) -> None:
    with db.write() as tx:
        people.add(tx, "camille", Role.EDITOR, clock())
        sessions.add(tx, SESSION, "camille", clock())
        for name in names:
            rows.save(tx, _id(name), PollState(due=clock() + timedelta(days=1)), None)


@contextmanager
def _page(found: Siege) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{found.port}", trust_env=False, timeout=30) as page:
        page.headers["Cookie"] = f"relay={SESSION}"
        found.until(lambda: _answers(page), STEADY)
        yield page


def _answers(page: httpx.Client) -> bool:
    try:
        return page.get("/health").status_code in {200, 503}
    except httpx.HTTPError:
        return False


def _id(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name.lower())


def _configuration(folder: Path, port: int, hosts: Mapping[str, str], at: int) -> str:
    parts = [_SERVICE.format(port=port, folder=folder)]
    parts += [
        f'[sources.{_id(name)}]\nurl = "http://{host}:{at}/rss"\nattribution = "Source : {_id(name)}"\n'
        for name, host in hosts.items()
    ]
    names = ", ".join(f'"{_id(name)}"' for name in hosts)
    parts.append(f'[feeds.blog]\ntitle = "The blog"\nfrom = [{names}]\nlink = "https://blog.example/"\n')
    return "\n".join(parts)
