"""Ten of the documents before a real daemon, and the same without a cage, which must not do."""

from pathlib import Path

import pytest

from tests.bombs.bombs import BOMBS, HOLES
from tests.bombs.siege import besieged

SOME = (
    *("gzip of 1 GiB", "billion laughs", "comments, escaped", "HTML in HTML", "an open comment", "100,000 attributes"),
    *("a title of 6 MB", "lists in lists, in JSON", "a hole: crash", "a hole: eat"),
)


def test_a_real_daemon_is_not_troubled(tmp_path: Path) -> None:
    """Not by its memory and not by its life; ``python -m tests.bombs`` has times too, on a machine that is at rest."""
    bombs = {**BOMBS, **HOLES}
    found = besieged(tmp_path, {name: bombs[name]() for name in SOME}, at_once=len(SOME))
    assert found.is_alive
    assert found.failed == 0
    assert found.grown <= 64
    assert set(found.said) == set(SOME)
    assert found.said["a hole: crash"] == "This document ended the process that read it (SIGSEGV)."
    assert found.said["a hole: eat"].startswith("This document took more than ")


def test_without_a_cage_it_is(tmp_path: Path) -> None:
    found = besieged(tmp_path, {"a hole: crash": HOLES["a hole: crash"]()}, plant="uncaged")
    assert not found.is_alive
    assert "the daemon has died" in found.wrong


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_each_is_as_large_as_it_says(name: str) -> None:
    """None is more than what relay takes over the wire, where it would be refused for that."""
    assert 100 < len(BOMBS[name]().body) < 10 * 1024**2
