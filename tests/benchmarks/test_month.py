"""The benchmark of memory over a month, for three days of few sources: each is counted, and growth is told."""

import re

import pytest
from benchmarks.month.__main__ import main
from benchmarks.month.trend import trend


def test_three_days_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--days", "3", "--sources", "2", "--each", "12"]) in {0, 1}  # of three days nothing can be said

    told = capsys.readouterr().out
    days = re.findall(
        r"^\| (\d+) \| [\d.]+ \| [\d.]+ \| [\d.]+ \| [\d,]+ \| [\d,]+ \| ([\d,]+) \| \d+ \|$", told, re.MULTILINE
    )
    assert [day for day, _ in days] == ["1", "2", "3"]
    assert all(int(rows.replace(",", "")) > 0 for _, rows in days)
    assert re.findall(r"^\| (trimmed|objects|blocks) \|", told, re.MULTILINE) == ["trimmed", "objects", "blocks"]


def test_what_grows_steadily_is_found() -> None:
    grows = trend([100 + 3 * day for day in range(10)])
    assert grows.slope == pytest.approx(3)
    assert grows.spread == pytest.approx(0, abs=1e-6)
    assert not grows.is_within(2)
    assert grows.is_within(3.5)


def test_what_goes_up_and_down_is_not_taken_for_growth() -> None:
    assert trend([100, 104, 99, 103, 100, 104, 99, 103]).is_within(0)


def test_of_two_days_nothing_is_said() -> None:
    assert trend([1, 900]).is_within(0)
