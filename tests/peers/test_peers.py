"""The trial finds who posts twice and who loses; relay does neither. Long form: ``python -m tests.peers``."""

from pathlib import Path

import pytest

from tests.fakes.wire import Fault
from tests.peers.__main__ import _is_good, main
from tests.peers.adapter import Tool
from tests.peers.table import missing
from tests.peers.tools.feed2toot import Feed2toot
from tests.peers.tools.lab import installed
from tests.peers.tools.relay import Relay
from tests.peers.tools.simple import Simple
from tests.peers.trial import Plan, Result, run

ANSWERS_LOST = Plan(8, 2, seed=1, faulty=0.3, faults=(Fault.DROP_AFTER,), quiet=2)
"""A death in each round, and calls of which the effect is there and the answer is not."""
CALLS_LOST = Plan(20, 0, faulty=0.4, faults=(Fault.DROP_BEFORE,), quiet=2)
CALM = Plan(8, 0, faulty=0, quiet=1)


def test_relay_posts_everything_once(tmp_path: Path) -> None:
    result = run(Relay(), ANSWERS_LOST, tmp_path)

    assert (result.deaths, result.lost, result.duplicated) == (2, 0, 0), (tmp_path / "said").read_text()
    assert result.faults > 0


@pytest.mark.thorough
def test_feed2toot_is_seen_to_post_twice(tmp_path: Path) -> None:
    if not Feed2toot().version():
        pytest.skip(missing(Feed2toot()))
    result = run(Feed2toot(), ANSWERS_LOST, tmp_path)

    assert (result.deaths, result.lost) == (2, 0), (tmp_path / "said").read_text()
    assert result.duplicated > 0


@pytest.mark.parametrize("tool", [Feed2toot(), Simple("after"), Simple("before")], ids=lambda tool: tool.name)
def test_without_faults_and_deaths_every_tool_is_exact(tool: Tool, tmp_path: Path) -> None:
    if not tool.version():
        pytest.skip(missing(tool))
    result = run(tool, CALM, tmp_path)

    assert result.is_exact, (tmp_path / "said").read_text()


def test_who_notes_after_posts_twice_and_loses_nothing(tmp_path: Path) -> None:
    result = run(Simple("after"), ANSWERS_LOST, tmp_path)

    assert result.duplicated > 0
    assert result.lost == 0


def test_who_notes_before_loses_and_posts_nothing_twice(tmp_path: Path) -> None:
    result = run(Simple("before"), CALLS_LOST, tmp_path)

    assert result.lost > 0
    assert result.duplicated == 0


def test_the_command_prints_a_line_for_each_tool(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--tool", "note-after", "--entries", "4", "--kills", "1", "--faults", "0"])
    said = capsys.readouterr().out

    assert code == 0
    assert "| note-after | 1 | 4 | 1 |" in said


def test_too_many_deaths_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--entries", "4", "--kills", "2"]) == 2
    assert "say --entries 8" in capsys.readouterr().out


def test_what_is_not_installed_has_no_version() -> None:
    assert installed("not-a-tool") is None


@pytest.mark.parametrize(
    ("tool", "plan", "deaths", "duplicated", "good"),
    [
        ("relay", ANSWERS_LOST, 2, 0, True),
        ("relay", ANSWERS_LOST, 2, 1, False),
        ("relay", ANSWERS_LOST, 1, 0, False),
        ("feed2toot", ANSWERS_LOST, 2, 1, True),
        ("feed2toot", CALM, 0, 1, False),
    ],
)
def test_the_command_fails_where_relay_posts_twice_or_the_trial_shows_nothing(
    tool: str, plan: Plan, deaths: int, duplicated: int, *, good: bool
) -> None:
    result = Result(tool, "1", plan.entries, deaths, 9, 3, 0, duplicated, 1.0)

    assert _is_good(result, plan) is good
