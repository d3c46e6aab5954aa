"""A run dies where it is told to, or ends by itself."""

import signal
import sys
from itertools import count
from pathlib import Path

from tests.peers.process import Death, once

SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")


def test_it_is_killed_when_it_has_said_so_many_words(tmp_path: Path) -> None:
    words = count()
    ran = once(SLEEPS, tmp_path, lambda: next(words), Death(3, 0.01))

    assert (ran.died, ran.code) == (True, -signal.SIGKILL)
    assert next(words) > 3


def test_one_that_ends_before_its_death_has_not_died(tmp_path: Path) -> None:
    ran = once((sys.executable, "-c", "raise SystemExit(3)"), tmp_path, lambda: 0, Death(1, 0))

    assert (ran.died, ran.code) == (False, 3)


def test_one_that_hangs_is_ended(tmp_path: Path) -> None:
    ran = once(SLEEPS, tmp_path, lambda: 0, None, patience=0.2)

    assert (ran.died, ran.code) == (False, 124)


def test_what_it_says_is_kept(tmp_path: Path) -> None:
    for word in ("one", "two"):
        once((sys.executable, "-c", f"print('{word}')"), tmp_path, lambda: 0, None)

    assert (tmp_path / "said").read_text().split() == ["one", "two"]
