"""Whenever the process dies that brings a database up, the schema is the old one or the new one, and the next goes on."""

from functools import partial
from pathlib import Path

from tests.upgrades.killed import Plan, killed, spread


def test_whenever_it_dies_the_next_start_goes_on(tmp_path: Path) -> None:
    deaths = killed(tmp_path, Plan("0018", 2), partial(spread, 4), 2)
    assert deaths.wrong == ()
    assert (deaths.kills, deaths.old > 0, deaths.new > 0) == (6, True, True)


def test_statements_that_are_for_ever_at_once_are_found(tmp_path: Path) -> None:
    deaths = killed(tmp_path, Plan("0018", 2, plant="autocommit"), lambda moments: [moments - 8, moments - 7], 0)
    assert deaths.wrong


def test_a_copy_that_has_its_name_before_it_is_whole_is_found(tmp_path: Path) -> None:
    deaths = killed(tmp_path, Plan("0018", 2, plant="unfinished copies"), lambda _: range(10, 15), 0)
    assert any("is no copy of what was" in said for said in deaths.wrong), deaths
