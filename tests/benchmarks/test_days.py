"""One publisher of each kind for a day and more, over real sockets: the short form of ``benchmarks/ten_days.py``."""

import pytest
from benchmarks.audit.tally import RULES, Tally
from benchmarks.farm.kinds import KINDS, one_of_each, sites
from benchmarks.figures import Run, figures, rules
from benchmarks.ten_days import simulate

DAYS = 1.2
PATIENCE = 1.2
"""Seconds; what hangs costs no more."""
LATER = {"B10", "D2"}
"""Rules of which a day shows nothing."""


@pytest.fixture(scope="module")
def tally() -> Tally:
    return Tally()


@pytest.fixture(scope="module")
def run(tally: Tally) -> Run:
    return simulate(tally, one_of_each(seed=1), DAYS, PATIENCE)


@pytest.mark.thorough
def test_no_rule_is_broken_and_nothing_is_lost(run: Run, tally: Tally) -> None:
    assert tally.words == []


@pytest.mark.thorough
def test_every_rule_was_looked_at(run: Run, tally: Tally) -> None:
    assert {rule for rule in RULES if not tally.looks[rule]} <= LATER


@pytest.mark.thorough
def test_whoever_knows_conditions_and_has_nothing_new_answers_304(run: Run) -> None:
    (line,) = [line for line in figures(run) if "of those that could be" in line]
    assert "| 100.0 % |" in line


@pytest.mark.thorough
def test_a_line_is_printed_for_every_kind_and_every_rule(run: Run, tally: Tally) -> None:
    printed = "\n".join([*figures(run), *rules(tally)])
    assert [name for name in (*(kind.name for kind in KINDS), *RULES) if f"| {name} |" not in printed] == []


def test_two_thousand_publishers_are_of_every_kind_in_its_share_and_the_same_each_time() -> None:
    every = sites(2000, seed=1)
    assert every == sites(2000, seed=1)
    assert every != sites(2000, seed=2)
    assert {site.kind for site in every} == {kind.name for kind in KINDS}
