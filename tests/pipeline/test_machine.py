"""Whatever everybody does, in any order, on a real database: short walks in the suite, long ones by a command."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from relay.storage.database import Database
from tests.machine.far_end import KINDS
from tests.machine.plants import PLANTS
from tests.machine.process import Process, opened
from tests.machine.stateful import live
from tests.machine.walk import STEPS, Tally, kind_of, shortened, steps_of, walk

SHORT = settings(max_examples=6, stateful_step_count=30, print_blob=False, phases=(Phase.explicit, Phase.generate))
LONG = 20
"""So many walks are 2,000 steps."""
MOST = 30
"""Walks until a planted bug has to be found."""


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    logging.disable(logging.CRITICAL)
    made = opened(str(tmp_path_factory.mktemp("machine") / "relay.db"), durable=False)
    yield made
    made.db.close()
    logging.disable(logging.NOTSET)


def test_whatever_happens_nothing_leaves_unapproved_or_twice_and_all_that_is_owed_does(
    db: Database, database_address: str
) -> None:
    db.close()
    live(opened(database_address, durable=False), SHORT)


@pytest.mark.thorough
def test_the_same_on_long_walks(process: Process) -> None:
    tally = Tally()
    found = [(seed, walk(process, kind_of(seed), steps_of(seed), tally)) for seed in range(LONG)]
    assert [(seed, what) for seed, what in found if what] == []
    assert tally.steps == LONG * STEPS
    assert tally.seen["sent"] > 0


@pytest.mark.parametrize("plant", ["blind-resend", "not-fenced", "any-yes"])
def test_a_planted_bug_is_found(plant: str, process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTS[plant](monkeypatch)
    assert any(walk(process, kind_of(seed), steps_of(seed), Tally()) for seed in range(MOST))


def test_what_was_found_is_told_in_few_steps(process: Process, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    PLANTS["no-line"](monkeypatch)
    steps, what = shortened(process, KINDS[0], steps_of(0))
    assert "audit" in what
    assert len(steps) <= 1


def test_a_seed_is_always_the_same_walk() -> None:
    assert steps_of(7) == steps_of(7)
    assert steps_of(7) != steps_of(8)
