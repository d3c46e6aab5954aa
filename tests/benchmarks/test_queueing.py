"""The benchmark of long queues, for a short one: every page is there, and every figure is printed."""

import re

import pytest
from benchmarks.queueing import __main__ as queueing


@pytest.mark.thorough
def test_every_page_is_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["queueing", "--waiting", "60", "--rounds", "1", "--databases", "sqlite"])
    monkeypatch.setattr(queueing, "FEW", 20)

    assert queueing.main() in {0, 1}  # whether this machine has time to spare is not what is asked here
    said = capsys.readouterr().out
    rows = re.findall(r"^([a-z0-9].{25})\s*([\d.]+)\s+[\d.]+\s+[\d.]+\s+[\d.]+\s+([\d,]+) ", said, re.MULTILINE)
    assert len(rows) == 27
    assert all(float(wall) > 0 and int(size.replace(",", "")) > 0 for _, wall, size in rows)
    assert re.search(r"by a new browser: [\d,]+ bytes", said)
