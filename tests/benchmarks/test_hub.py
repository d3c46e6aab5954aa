"""The long run with a thousand subscribers, with a few: it ends, and says how long it took."""

import re
import subprocess
import sys
from pathlib import Path


def test_a_few_subscribers_have_the_news_while_others_hang() -> None:
    few = ("--subscribers", "20", "--hanging", "4", "--rounds", "2")
    command = [sys.executable, "-m", "benchmarks.hub", *few]
    ended = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=120, check=False
    )

    assert ended.returncode == 0, ended.stderr
    assert "until 20 subscriptions are verified" in ended.stdout
    assert len(re.findall(r"round \d: \d+\.\d\d s from the document on the disk", ended.stdout)) == 2
