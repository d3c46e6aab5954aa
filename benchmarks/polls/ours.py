"""relay itself, in a process of its own: for each line of its input one pass over all sources, which have become due.

    python -m benchmarks.polls.ours FILE [--authorities FILE] [--breath 4] [--hours 0]

The service is the real one (``wiring.build``); only its clock is moved by hand, past the latest instant at which a
source is due. Before it is ready it has read as many sources as ``--breath`` says; its clock begins ``--hours`` from
now. ``--authorities`` are the certificates that are believed, where they are not those of the world.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import certifi

from benchmarks.polls.documents import PERIOD
from benchmarks.polls.goals import BREATH
from benchmarks.scaled.world import read
from relay.pipeline.polling.asking import Polled
from relay.wiring import build

MOMENT = timedelta(minutes=1)


@dataclass(slots=True)
class Clock:
    """The simulated instant."""

    now: datetime

    def __call__(self) -> datetime:
        """What relay takes for the time."""
        return self.now

    def pass_all(self, polled: Sequence[Polled]) -> None:
        """Until all of these are due again."""
        self.now = max([self.now + PERIOD, *(one.state.due + MOMENT for one in polled if one.state.due)])


def main(file: Path, breath: int, hours: int) -> None:
    """Until its input ends."""
    clock = Clock(datetime.now(UTC) + timedelta(hours=hours))  # noqa: TID251  # where the simulated time begins
    with build(read(file), clock=clock) as relay:
        if breath:
            relay.poll(list(relay.desk.sources)[:breath])
        say({"ready": True})
        for _ in sys.stdin:
            polled = relay.poll()
            clock.pass_all(polled)
            say(summary(polled))


def summary(polled: Sequence[Polled]) -> dict[str, Any]:
    """What came of a pass: how many of each answer, entries that were new, cross-posts queued."""
    answers = Counter(one.state.answer for one in polled)
    counts = {name: sum(getattr(one, name) for one in polled) for name in ("new", "edited", "queued")}
    failed = [f"{one.source_id}: {one.state.reason}" for one in polled if one.state.failures]
    return {"polls": len(polled), "answers": dict(answers), **counts, "failed": len(failed), "why": failed[:3]}


def say(what: dict[str, Any]) -> None:
    """One line."""
    os.write(1, (json.dumps(what) + "\n").encode())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--authorities")
    parser.add_argument("--breath", type=int, default=BREATH)
    parser.add_argument("--hours", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    options = _options()
    if options.authorities:
        vars(certifi)["where"] = lambda: options.authorities
    main(options.file, options.breath, options.hours)
