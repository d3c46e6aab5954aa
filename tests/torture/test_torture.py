"""A short run finds every post exactly once; with a bug planted, it does not."""

from pathlib import Path

import pytest

from tests.torture.run import Plan, run
from tests.torture.script import script

PLANTED = [
    Plan(120, 6, faulty=0, plant="requeue-on-restart", ways=("kill",)),
    Plan(150, 2, faulty=0.8, plant="no-settle"),
    Plan(90, 5, faulty=0.2, plant="blind-resend", ways=("kill",)),
    Plan(120, 4, faulty=0, plant="not-fenced", ways=("two",)),
]


def test_every_post_is_there_exactly_once_whatever_dies(tmp_path: Path) -> None:
    report = run(Plan(posts=1_000, kills=100), tmp_path)

    assert (report.verdict.lost, report.verdict.duplicated, report.verdict.unexpected) == (0, 0, 0)
    assert report.verdict.wrong == ()
    assert report.bad_ends == ()
    assert sum(report.in_flight) >= 5 * 100
    assert sum(report.in_flight[-5:]) > 0  # there is work up to the last death
    assert report.verdict.recovered > 0


@pytest.mark.parametrize(
    "plan",
    [PLANTED[0], *(pytest.param(plan, marks=pytest.mark.thorough) for plan in PLANTED[1:])],
    ids=[plan.plant for plan in PLANTED],
)
def test_a_planted_bug_is_found(plan: Plan, tmp_path: Path) -> None:
    """When death comes is chance, by the clock: a run may have none that hurts, three in a row have one."""
    assert any(run(plan, _folder(tmp_path, turn)).verdict.duplicated for turn in range(3))


def _folder(parent: Path, turn: int) -> Path:
    folder = parent / str(turn)
    folder.mkdir()
    return folder


def test_a_script_that_posts_and_then_writes_it_down_is_found_as_well(tmp_path: Path) -> None:
    verdict = run(Plan(40, 5, faulty=0, ways=("kill",), only="unkeyed"), tmp_path, made=script).verdict

    assert verdict.duplicated > 0
    assert verdict.lost == 0
