"""``python -m tests.fuzz.requests [--number 20000 --seed 0]``: requests of every kind at every address; 1 if one breaks.

Each route of the table by each kind of principal, with garbage in path, query, form, headers, cookies and JSON. What is
wrong: a status from 500 on, a trace of a program in a body or an error in the log, and no end within five seconds.
"""
# ruff: noqa: T201  # it is a command

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from tests.fuzz.attempts import Attempt, attempts
from tests.fuzz.house import House, open_house
from tests.fuzz.sending import PATIENCE, Heard, listening, send, wrong
from tests.fuzz.table import table

RENEWED = 150
"""After so many requests the house is put right again."""
_TOLD = 15


@dataclass
class Report:
    """What came of it: ``reached`` are the routes that have let somebody in, ``slowest`` is in seconds."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    asked: set[tuple[str, str]] = field(default_factory=set)
    reached: set[tuple[str, str]] = field(default_factory=set)
    slowest: float = 0.0
    wrong: dict[str, str] = field(default_factory=dict)
    """What is wrong, each once, with the first request after which it was seen."""


def run(house: House, sent: Iterable[Attempt], patience: float = PATIENCE) -> Report:
    """Send them, one after the other."""
    report = Report()
    with listening() as heard:
        for attempt in sent:
            if report.sent % RENEWED == 0:
                house.renew()
            _one(house, attempt, report, heard, patience)
    return report


def _one(house: House, attempt: Attempt, report: Report, heard: Heard, patience: float) -> None:
    answer = send(house.url, attempt, patience)
    report.sent += 1
    report.statuses[answer.status] += 1
    report.asked.add(attempt.route)
    report.slowest = max(report.slowest, answer.seconds)
    if 200 <= answer.status < 400 and attempt.method == attempt.route[0]:
        report.reached.add(attempt.route)
    found = [wrong(attempt, answer, patience), *heard.lines]
    heard.lines.clear()
    for one in filter(None, found):
        report.wrong.setdefault(one, f"{attempt.principal}: {attempt.written[:600]!r}")


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.requests", description=__doc__)
    parser.add_argument("--number", type=int, default=20_000, help="requests (20000)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed sends the same (0)")
    asked = parser.parse_args()
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder, open_house(Path(folder), asked.seed) as house:
        report = run(house, attempts(house, asked.seed, asked.number))
    print(told(report, asked.seed, monotonic() - began))
    return 1 if report.wrong else 0


def told(report: Report, seed: int, seconds: float) -> str:
    """The figures, and the first of what is wrong."""
    known = {(method, path) for method, path, _ in table()}
    statuses = ", ".join(f"{status} × {number}" for status, number in sorted(report.statuses.items()))
    return "\n".join(
        [
            f"{report.sent} requests at {len(report.asked)} of {len(known)} routes, seed {seed}, {seconds:.0f} s",
            f"let in at {len(report.reached)}; not at: {', '.join(' '.join(one) for one in sorted(known - report.reached)) or '–'}",
            f"statuses: {statuses}; slowest {report.slowest:.2f} s",
            f"wrong: {len(report.wrong)}",
            *(f"{what}\n    {request}" for what, request in list(report.wrong.items())[:_TOLD]),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
