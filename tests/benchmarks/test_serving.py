"""The load on the daemon and on nginx, for moments: both answer, and the ratios are printed."""

import re
import shutil

import pytest
from benchmarks.serving import __main__ as serving


@pytest.mark.thorough
def test_both_servers_are_asked_in_turn(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    if shutil.which("wrk") is None:
        pytest.skip("wrk is not installed")
    monkeypatch.setattr("sys.argv", ["serving", "--rounds", "1", "--seconds", "1", "--posts", "5"])

    assert serving.main() == 0
    said = capsys.readouterr().out
    rows = re.findall(r"^(.{14})\s+([\d,]+)\s+([\d,]+)\s+[\d.]+\s+[\d.]+  \d\.\d\d \(\d", said, re.MULTILINE)
    assert [name.strip() for name, *_ in rows] == list(serving.MEASURED)
    assert all(int(rate.replace(",", "")) > 0 for _, *rates in rows for rate in rates)
