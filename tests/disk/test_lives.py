"""Each write of relay's in turn fails, once or for a while: nothing is lost, nothing is sent twice, and health says why."""

from pathlib import Path

import pytest

from tests.disk.life import live, template
from tests.disk.seam import KINDS, Seam

KINDS_FROM = {"full": 0.3, "read-only": 0.5, "faulty": 0.7, "open-files": 0.9}
"""From which part of the writes each kind begins here; all writes in turn are ``python -m tests.disk``."""
A_WHILE = 40
"""Writes that fail one after the other: some ticks."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="module")
def writes(made: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many there are in a life that nothing befalls."""
    seam = Seam()
    verdict = live(tmp_path_factory.mktemp("calm"), seam, made)
    assert (verdict.wrong, seam.failed) == ((), 0)
    assert {"file fsync", "file replace", "database COMMIT", "database UPDATE CROSSPOSTS SET"} <= seam.sites
    return seam.seen


@pytest.mark.parametrize("kind", KINDS)
def test_writes_that_fail_for_a_while_lose_nothing(kind: str, writes: int, made: Path, tmp_path: Path) -> None:
    verdict = live(tmp_path / "a", Seam(round(writes * KINDS_FROM[kind]), A_WHILE, kind), made)

    assert verdict.wrong == (), verdict
    assert verdict.seam.failed


def test_an_answer_of_the_network_that_could_not_be_written_down_is_kept(
    writes: int, made: Path, tmp_path: Path
) -> None:
    """From the last claims on: a disk that is full just then makes no doubt of what is known."""
    lives = [live(tmp_path / str(n), Seam(n, A_WHILE, "full"), made) for n in (writes - 40, writes - 22)]

    assert [one.wrong for one in lives] == [()] * len(lives), lives


def test_what_was_done_and_reported_as_failed_is_not_done_twice(writes: int, made: Path, tmp_path: Path) -> None:
    verdict = live(tmp_path / "a", Seam(writes - 30, 1, "faulty", after=True), made)

    assert verdict.wrong == (), verdict


def test_a_loop_that_stops_at_the_first_failure_is_found(writes: int, made: Path, tmp_path: Path) -> None:
    assert "not all is sent and published" in live(tmp_path / "a", Seam(writes // 3), made, stops=True).wrong


def test_an_answer_that_is_forgotten_is_found(writes: int, made: Path, tmp_path: Path) -> None:
    """Without what is owed, a lease has to run out and the network has to be looked at."""
    lives = (live(tmp_path / str(n), Seam(n, 1), made, forgets=True) for n in range(writes - 40, writes, 4))

    assert any(wrong.startswith("it took") for one in lives for wrong in one.wrong)
