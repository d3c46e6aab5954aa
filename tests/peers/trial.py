"""A trial: entries appear, the tool is killed while it brings them, and runs again until it says that all is well."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.fakes.feed_server import FeedServer
from tests.fakes.mastodon import TOKEN
from tests.fakes.wire import Fault
from tests.peers.adapter import Place, Tool
from tests.peers.far_end import FarEnd, standing
from tests.peers.process import Death, Ran, once
from tests.peers.publisher import OLD, Publisher, publishing
from tests.torture import clock as clocks
from tests.torture.clock import Clock
from tests.torture.ends import FAULTS

ROUND = 4
"""Entries that appear at a time: fewer than any tool takes for too many."""
CRON = timedelta(minutes=5)
"""Time between two runs."""
TRIES = 8
"""Runs after which the next entries appear, whatever the tool says."""
DRAIN = 40
"""Runs at the end, at most."""
DELAY = 0.12
"""Seconds after the call that a death waits for, at most: as long as a call takes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked: ``entries`` in rounds of four, a death in each until there were ``kills``.

    ``faulty`` is the share of the calls that publish which fail, each in one of the ways that ``faults`` has.
    """

    entries: int = 300
    kills: int = 60
    seed: int = 0
    faulty: float = 0.08
    faults: tuple[Fault, ...] = FAULTS
    server: str = "mastodon"
    """Which of ``far_end.SERVERS``."""
    quiet: int = 4
    """Runs that bring nothing new: then it is over."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it: ``lost`` entries are never public, ``duplicated`` are copies beyond the first."""

    tool: str
    version: str
    entries: int
    deaths: int
    runs: int
    faults: int
    lost: int
    duplicated: int
    seconds: float

    @property
    def is_exact(self) -> bool:
        """Whether everything is public exactly once."""
        return not (self.lost or self.duplicated)


@dataclass(slots=True)
class Trial:
    """One tool at work; the time is the far end's too, and goes on between runs."""

    tool: Tool
    place: Place
    publisher: Publisher
    site: FeedServer
    far: FarEnd
    clock: Clock
    chance: Random
    deaths: int = 0
    runs: int = 0

    def round(self, *, deadly: bool) -> None:
        """So many entries appear, and are brought; if it is ``deadly``, not without a death."""
        for _ in range(TRIES):
            ran = self.run(Death(self.chance.randint(1, ROUND), self.chance.uniform(0, DELAY)) if deadly else None)
            deadly = deadly and not ran.died
            if ran.code == 0:
                return

    def drain(self, enough: int) -> None:
        """Run after run, until ``enough`` of them in a row have brought nothing new."""
        quiet = 0
        for _ in range(DRAIN):
            before = len(self.far.mastodon.statuses)
            self.run(None)
            quiet = quiet + 1 if len(self.far.mastodon.statuses) == before else 0
            if quiet == enough:
                return

    def heard(self) -> int:
        """How often the feed was asked for, or a post was sent."""
        return sum(one.path == "/rss" for one in list(self.site.asked)) + self.far.begun

    def run(self, death: Death | None) -> Ran:
        """One run, then the far end does what it still has to, and time goes by."""
        ran = once(self.tool.command(self.place, self.clock.now()), self.place.folder, self.heard, death)
        self.runs, self.deaths = self.runs + 1, self.deaths + ran.died
        self.far.wire.settle()
        self.clock.move(CRON)
        return ran


def run(tool: Tool, plan: Plan, folder: Path) -> Result:
    """The whole of it; the folder is kept for whoever wants to look."""
    began = time.monotonic()
    chances = [Random(plan.seed) for _ in range(3)]  # noqa: S311  # chance, and no secret
    with publishing() as (publisher, site), standing(clock := clocks.made(folder), chances[0], plan.server) as far:
        place = Place(folder, f"{publisher.url}/rss", far.url, TOKEN)
        trial = Trial(tool, place, publisher, site, far, clock, chances[1])
        _play(trial, plan, chances[2])
        return _judged(trial, plan, time.monotonic() - began)


def _play(trial: Trial, plan: Plan, chance: Random) -> None:
    trial.tool.prepare(trial.place)
    trial.run(None)  # it sees what is old
    trial.far.fail(chance, plan.faulty, plan.faults)
    for size in _sizes(plan):
        trial.publisher.newest += size
        trial.round(deadly=trial.deaths < plan.kills)
    trial.drain(plan.quiet)


def _sizes(plan: Plan) -> Iterator[int]:
    left = plan.entries
    while left > 0:
        yield min(left, ROUND)
        left -= ROUND


def _judged(trial: Trial, plan: Plan, seconds: float) -> Result:
    public, news = trial.far.public(), range(OLD + 1, OLD + plan.entries + 1)
    return Result(
        tool=trial.tool.name,
        version=trial.tool.version() or "",
        entries=plan.entries,
        deaths=trial.deaths,
        runs=trial.runs,
        faults=trial.far.struck,
        lost=sum(not public[number] for number in news),
        duplicated=sum(max(public[number] - 1, 0) for number in news),
        seconds=seconds,
    )
