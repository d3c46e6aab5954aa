"""Verdicts in a file, a line each: a long run may be parted, or end early, and nothing of it is lost."""

import json
from collections.abc import Iterator
from pathlib import Path

from relay.core.crosspost import State
from tests.faults.kinds import Kind
from tests.faults.networks import ROWS
from tests.faults.staging import Case
from tests.faults.verdict import Found


def add(file: Path, case: Case, found: Found) -> None:
    """One verdict more."""
    told = [case.row.name, case.kind, case.seed, found.state, found.copies, found.is_asked, found.struck, found.wrong]
    with file.open("a") as lines:
        lines.write(json.dumps(told) + "\n")


def read(file: Path) -> Iterator[tuple[Case, Found]]:
    """All of them."""
    for line in file.read_text().splitlines():
        name, kind, seed, state, copies, is_asked, struck, wrong = json.loads(line)
        case = Case(ROWS[name], Kind(kind), seed)
        yield case, Found(case.name, State(state), copies, is_asked, struck, wrong)
