"""A run: a program gets its posts, dies as often as asked, is left to finish, and is held against its far ends."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from tests.fakes.pds import Member, Pds
from tests.torture import accounts, stock
from tests.torture import clock as clocks
from tests.torture.clock import Clock
from tests.torture.ends import Ends, listening
from tests.torture.program import Program
from tests.torture.relay import relay
from tests.torture.torment import JUMPS, WAYS, Death, Torment
from tests.torture.verdict import Verdict, judge
from tests.torture.worker import Workplace

SLOW = (0.05, 0.4)
"""Seconds that a far end takes for a post before it is done, and again before it is answered: some are under way."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a run. ``database`` is an empty one on PostgreSQL; without it, a new SQLite file is made.

    ``only`` is how the names of the accounts begin that get posts; without it, all do.
    """

    posts: int
    kills: int
    seed: int = 0
    faulty: float = 0.08
    plant: str = ""
    ways: tuple[str, ...] = WAYS
    database: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A verdict, and what it was earned with; ``seconds`` are of each part of the run."""

    verdict: Verdict
    in_flight: tuple[int, ...]
    bad_ends: tuple[str, ...]
    ways: Mapping[str, int]
    seconds: dict[str, float]
    on_pds: int = 0
    """Posts in the repositories of Bluesky's own server."""

    @property
    def holds(self) -> bool:
        """Whether nothing was wrong."""
        return self.verdict.holds and not self.bad_ends


Maker = Callable[[Workplace, Clock, Random], AbstractContextManager[Program]]
"""Makes the program that is tormented, and clears up after it."""
Progress = Callable[[int, int], None]
"""Told after each death: how many there were, and how many posts were in flight at them."""


def run(
    plan: Plan,
    folder: Path,
    pds: Pds | None = None,
    members: tuple[Member, ...] = (),
    progress: Progress = lambda *_: None,
    made: Maker = relay,
) -> Report:
    """All of it, in an empty folder; ``members`` are on the ``pds``, and have an account each."""
    chance, clock, watch = Random(plan.seed), clocks.made(folder), _Watch()  # noqa: S311  # chance, and no secret
    ends = Ends(clock, Random(plan.seed + 1), plan.faulty, pds=pds, members=members, slow=SLOW)  # noqa: S311  # as above
    deaths = [Death(chance.choice(plan.ways), timedelta(minutes=chance.choice(JUMPS))) for _ in range(plan.kills)]
    with ExitStack() as stack:
        wire = stack.enter_context(listening(ends, plan.posts))
        place = Workplace(folder, wire.url, plan.database or str(folder / "relay.db"), plan.plant, members)
        program = stack.enter_context(made(place, clock, chance))
        into = [name for name in accounts.names(members) if name.startswith(plan.only)]
        program.give(stock.posts(_moments(plan.posts, deaths, clock.now()), into), clock.now())
        watch.lap("storing")
        torment = Torment(program, clock, ends, wire, chance, max(plan.posts * 6 // plan.kills // 5, 1))
        for dead in torment.kill(deaths):
            progress(dead, sum(torment.in_flight))
        watch.lap("dying")
        torment.drain()
        watch.lap("draining")
        public = ends.public()
        verdict = judge(program.standings(), public, program.damage())
    watch.lap("judging")
    on_pds = sum(copies for (name, _), copies in public.items() if name.startswith(accounts.PDS))
    ways = Counter(death.way for death in deaths)
    return Report(verdict, tuple(torment.in_flight), tuple(torment.bad_ends), ways, watch.laps, on_pds)


def _moments(posts: int, deaths: Sequence[Death], start: datetime) -> list[datetime]:
    """When each post is due: as many for each death, up to the last."""
    before = accumulate((death.span for death in deaths[:-1]), initial=timedelta(0))
    due = [start + passed + death.before for passed, death in zip(before, deaths, strict=True)]
    return [due[number * len(deaths) // posts] for number in range(posts)]


class _Watch:
    """Seconds from one lap to the next."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, name: str) -> None:
        now = time.monotonic()
        self.laps[name], self._last = now - self._last, now
