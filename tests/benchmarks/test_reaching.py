"""The benchmark of how soon others have it, for one round: what is pushed and approved arrives, and is told."""

import re

import pytest
from benchmarks.reaching.__main__ import main


def test_one_round_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--rounds", "1"]) in {0, 1}  # whether this machine has time to spare is not what is asked here

    told = re.findall(r"^\| ([^|]+) \| \d+\.\d\d \| \d+\.\d\d \| \d \|$", capsys.readouterr().out, re.MULTILINE)
    assert told == ["push of a hub → outgoing feed", "approved → on the network"]
