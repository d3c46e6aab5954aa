"""The whole daemon is told to end while it posts, polls, publishes and serves; then again, and again."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from relay.core.crosspost import State
from relay.pipeline.delivering.claiming import AT_WORK
from relay.storage import crossposts
from relay.storage.database import Database
from relay.wiring import clock
from tests.edges.opened import opened
from tests.ending import crowd, site
from tests.ending.far import ACCOUNTS, Far, listening
from tests.ending.settled import Settled, settle
from tests.ending.site import Site
from tests.real.ports import free_port

PATIENCE, HASTE = 10.0, 1.0
"""Seconds that an end may take, and one that is asked for twice."""
EACH = 2
"""Posts of each account that are due at every start."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``twice``: the share of ends that are asked for a second time; ``hangs``: of the calls that say nothing for long."""

    times: int
    seed: int = 0
    twice: float = 0.2
    hangs: float = 0.1
    plant: str = ""
    slow: tuple[float, float] = (1, 12)


@dataclass(slots=True)
class Report:
    """What came of it; ``took`` are the seconds of each end, ``again`` those of an end that was asked for twice."""

    took: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)
    flying: list[int] = field(default_factory=list)
    """Posts in flight at each signal."""
    polls: int = 0
    cut: int = 0
    """Rows that were left as being sent, changed or taken back."""
    doubted: int = 0
    settled: Settled = field(default_factory=Settled)
    seconds: float = 0

    @property
    def holds(self) -> bool:
        """Whether everything is as it was promised."""
        is_in_time = max(self.took, default=0) <= PATIENCE and max(self.again, default=0) <= HASTE
        return is_in_time and set(self.codes) == {0} and not self.cut and self.settled.holds


def run(plan: Plan, folder: Path) -> Report:
    """All of it, in an empty folder."""
    began, chance, report = time.monotonic(), Random(plan.seed), Report()  # noqa: S311  # chance, and no secret
    far = Far(Random(plan.seed + 1), hangs=plan.hangs, slow=plan.slow)  # noqa: S311  # as above
    with listening(far) as wire, opened(folder) as db:
        place = Site(folder, free_port(), wire.url)
        place.write()
        site.sign_in(db, clock())
        for number in range(plan.times):
            _once(plan, number, (place, db, far), chance, report)
        far.hangs, far.pace = 0, (0, 0)
        report.settled = settle(place, db, far)
    report.polls, report.seconds = far.polls, time.monotonic() - began
    return report


@contextmanager
def daemon(place: Site, before: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """``relay run``; ``before`` is Python that is run first in its process."""
    program = f"import sys\n{before}\nfrom relay.cli.main import run\nsys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "run", "--config", str(place.file)]
    with (place.folder / "log").open("ab") as log:
        process = subprocess.Popen(command, stderr=log, env={**os.environ, **place.environment()})
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def _once(plan: Plan, number: int, where: tuple[Site, Database, Far], chance: Random, report: Report) -> None:
    place, db, far = where
    many = EACH * len(ACCOUNTS)
    site.approved(db, range(number * many, (number + 1) * many), chance, clock())
    site.ask_again(db, clock())
    with daemon(place, PLANTS.get(plan.plant, "")) as process:
        if not crowd.wait_for(place.port):
            log = (place.folder / "log").read_text()[-2000:]
            raise RuntimeError(f"the daemon does not answer ({process.poll()}):\n{log}")
        there = crowd.gathered(place.port)
        _wait(far, chance)
        report.flying.append(far.flying)
        _end(plan, process, chance, report)
        there.leave()
    with db.read() as tx:
        report.cut += len(crossposts.by_state(tx, tuple(AT_WORK)))
        report.doubted += len(crossposts.by_state(tx, (State.UNCONFIRMED,)))


def _wait(far: Far, chance: Random) -> None:
    """Until all accounts are posted to, and a moment more."""
    end = time.monotonic() + 4
    while far.flying < len(ACCOUNTS) and time.monotonic() < end:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.3))


def _end(plan: Plan, process: subprocess.Popen[bytes], chance: Random, report: Report) -> None:
    number = chance.choice((signal.SIGTERM, signal.SIGTERM, signal.SIGINT))
    began = time.monotonic()
    process.send_signal(number)
    if chance.random() < plan.twice:
        time.sleep(chance.uniform(0.02, 0.5))
        again = time.monotonic()
        if process.poll() is None:
            process.send_signal(number)
            process.wait(30)
            report.again.append(time.monotonic() - again)
    report.codes[process.wait(30)] += 1
    report.took.append(time.monotonic() - began)


PLANTS = {
    "cut": "import relay.daemon\nrelay.daemon.leave_off = lambda *_: 0",
    "deaf": "import signal; signal.signal = lambda *_: None",
    "slow": "import relay.schedule.ending as e, relay.daemon as d\ne.LAST_RESORT = d.JOBS_END = 60.0",
}
"""Bugs: nothing is written down at the end; signals are not heard; work in flight is waited for."""
