"""In a network of its own, where every address stands on this machine and the kernel counts connections."""

import pytest

from tests.ssrf import collection
from tests.ssrf.enclosing import Told, tried, why_not
from tests.ssrf.holes import HOLES
from tests.ssrf.trials import TRIALS, Plan

SHORT = Plan(pairs=100, redirects=20, cases=12 * collection.CASES.exists(), rebindings=100)
HOLED = Plan(pairs=60, redirects=4, cases=0, rebindings=2)


@pytest.fixture(scope="module")
def told() -> Told:
    if why := why_not():
        pytest.skip(f"no network of its own: {why}")
    return tried(SHORT, HOLED)


def test_the_kernel_sees_no_connection_inside(told: Told) -> None:
    assert [row for row in told.rows if not row.holds] == []
    assert len(told.rows) == len(TRIALS) + 1


def test_the_public_host_is_reached(told: Told) -> None:
    """Where nothing can be reached, nothing is shown."""
    public = {row.what: row.public for row in told.rows}
    assert public["the public host, by every door"] >= 17
    assert public["look-ups that alternate between public and inside"] == SHORT.rebindings // 2


@pytest.mark.parametrize("hole", HOLES)
def test_a_guard_with_a_hole_is_found(told: Told, hole: str) -> None:
    assert told.found[hole]
