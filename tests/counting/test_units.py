"""The other units, each by texts in which it differs from what a person counts."""

import pytest

from relay.core.account import Limits, Unit
from relay.core.language.length import measure

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


@pytest.mark.parametrize(
    ("text", "unit", "used"),
    [
        (FAMILY, "graphemes", 1),
        (FAMILY, "code points", 7),
        (FAMILY, "utf-16", 11),
        (FAMILY, "bytes", 25),
        (FAMILY, "emoji as bytes", 25),
        (FAMILY, "weighted", 2),
        ("é", "emoji as bytes", 1),
        ("été 👍", "emoji as bytes", 8),
        ("🇫🇷", "emoji as bytes", 8),
        ("e\u0301", "code points", 2),
        ("𝄞", "utf-16", 2),
        ("𝄞", "code points", 1),
    ],
)
def test_each_unit_counts_in_its_own_way(text: str, unit: Unit, used: int) -> None:
    (count,) = measure(text, Limits(text=((unit, 500),)))
    assert count.used == used


def test_a_lone_surrogate_is_counted_and_breaks_nothing() -> None:
    units: tuple[Unit, ...] = ("graphemes", "bytes", "code points", "utf-16", "weighted", "emoji as bytes")
    counts = measure("\ud83d", Limits(text=tuple((unit, 10) for unit in units)))
    assert [count.used for count in counts][2:4] == [1, 1]
