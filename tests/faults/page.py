"""The page of what was found: networks down, faults across."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from relay.core.crosspost import State
from tests.faults.kinds import Kind
from tests.faults.networks import ROWS
from tests.faults.staging import Case
from tests.faults.verdict import Found

PAGE = Path(__file__).parents[2] / "docs" / "delivery" / "faults.md"
BEGIN, END = "<!-- table: python -m tests.faults -->", "<!-- end of the table -->"


@dataclass(slots=True)
class Cell:
    """One network under one fault: posts that relay knows to be sent, those of which a person was asked, copies."""

    sent: int = 0
    asked: int = 0
    copies: int = 0
    given_up: int = 0
    wrong: int = 0

    def add(self, found: Found) -> None:
        """One post more."""
        self.sent += found.state is State.SENT
        self.asked += found.is_asked
        self.given_up += found.state is State.ABANDONED
        self.copies += found.copies
        self.wrong += bool(found.wrong)

    def __str__(self) -> str:
        return f"{self.sent} / {self.asked} / {self.copies}" + (f" **{self.wrong} wrong**" if self.wrong else "")


def cells(found: Iterable[tuple[Case, Found]]) -> dict[tuple[str, Kind], Cell]:
    """All of them by network and fault."""
    made: dict[tuple[str, Kind], Cell] = defaultdict(Cell)
    for case, one in found:
        made[case.row.name, case.kind].add(one)
    return made


def reached(found: Iterable[tuple[Case, Found]]) -> int:
    """How many seeds every pair has had."""
    seeds: dict[tuple[str, Kind], set[int]] = defaultdict(set)
    for case, _ in found:
        seeds[case.row.name, case.kind].add(case.seed)
    return min(map(len, seeds.values()), default=0)


def table(made: dict[tuple[str, Kind], Cell], seeds: int) -> str:
    """In Markdown, with what all of it comes to."""
    kinds = [kind for kind in Kind if any((name, kind) in made for name in ROWS)]
    head = [f"| network | {' | '.join(kinds)} |", f"|---|{'---|' * len(kinds)}"]
    rows = [
        f"| {name} | {' | '.join(str(made[name, kind]) for kind in kinds)} |"
        for name in ROWS
        if any((name, kind) in made for kind in kinds)
    ]
    return "\n".join([_sum(made, seeds), "", *head, *rows])


def _sum(made: dict[tuple[str, Kind], Cell], seeds: int) -> str:
    every = list(made.values())
    sent, asked, copies, given_up, wrong = (
        sum(getattr(one, name) for one in every) for name in ("sent", "asked", "copies", "given_up", "wrong")
    )
    return (
        f"{len(every)} pairs of a network and a fault, {seeds} seeds each: {sent + given_up + wrong} posts, {copies} copies; "
        f"of {asked} a person was asked, and gave up {given_up} that were not there; {wrong} wrong."
    )


def write(text: str) -> None:
    """Put the table in the place of the last one."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")
