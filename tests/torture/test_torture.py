"""A short run finds every post exactly once; with a bug planted, it does not."""

from pathlib import Path

import pytest

from tests.torture.torment import Plan, run

PLANTED = [
    Plan(60, 6, faulty=0, plant="requeue-on-restart", ways=("kill",)),
    Plan(150, 2, faulty=0.8, plant="no-settle"),
    Plan(90, 6, faulty=0.2, plant="blind-resend", ways=("kill",)),
    Plan(90, 4, faulty=0, plant="not-fenced", ways=("two",)),
]


def test_every_post_is_there_exactly_once_whatever_dies(tmp_path: Path) -> None:
    report = run(Plan(posts=240, kills=24), tmp_path)

    assert (report.verdict.lost, report.verdict.duplicated, report.verdict.unexpected) == (0, 0, 0)
    assert report.verdict.wrong == ()
    assert report.late_ends == 0
    assert report.in_flight > 24
    assert report.verdict.recovered > 0


@pytest.mark.parametrize("plan", PLANTED, ids=[plan.plant for plan in PLANTED])
def test_a_planted_bug_is_found(plan: Plan, tmp_path: Path) -> None:
    assert run(plan, tmp_path).verdict.duplicated > 0
