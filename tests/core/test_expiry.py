"""When an access is renewed, and when its end is foretold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.expiry import attempt, foretelling, renewal

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("life", "before"),
    [
        (timedelta(days=60), timedelta(days=12)),
        (timedelta(hours=2), timedelta(minutes=24)),
        (timedelta(minutes=20), timedelta(minutes=5)),
        (timedelta(minutes=6), timedelta(minutes=3)),
        (timedelta(0), timedelta(0)),
    ],
)
def test_it_is_renewed_a_fifth_of_its_life_before(life: timedelta, before: timedelta) -> None:
    assert renewal(NOON, NOON + life) == NOON + life - before


@given(st.timedeltas(timedelta(seconds=1), timedelta(days=400)))
def test_it_is_never_renewed_as_soon_as_it_is_there(life: timedelta) -> None:
    assert NOON < renewal(NOON, NOON + life) <= NOON + life


@pytest.mark.parametrize(
    ("life", "after"),
    [
        (timedelta(hours=2), timedelta(minutes=96)),
        (timedelta(minutes=6), timedelta(minutes=3)),
        (timedelta(seconds=20), timedelta(minutes=1)),
        (timedelta(0), timedelta(hours=1)),
        (timedelta(hours=-5), timedelta(hours=1)),
    ],
)
def test_however_soon_it_ends_it_is_not_renewed_without_a_pause(life: timedelta, after: timedelta) -> None:
    assert attempt(NOON, NOON + life) == NOON + after


@pytest.mark.parametrize(
    ("left", "days"),
    [
        (timedelta(days=15), None),
        (timedelta(days=14), 14),
        (timedelta(days=7, seconds=1), 14),
        (timedelta(days=7), 7),
        (timedelta(days=1), 1),
        (timedelta(0), 1),
        (timedelta(days=-3), 1),
    ],
)
def test_the_end_is_foretold_by_the_nearest_of_its_days(left: timedelta, days: int | None) -> None:
    assert foretelling(NOON + left, NOON) == days
