"""Cages with holes in what reads, and none in what it stands in."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from relay.intake.caged.cage import Cage
from relay.intake.caged.cell import cell
from tests.cage.hole import PROGRAM


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    """One for a file of tests: a process that dies is followed by another."""
    with closing(Cage(partial(cell, PROGRAM))) as found:
        yield found
