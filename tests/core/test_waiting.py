"""How long a source that is well is left alone: the gap, the moment after it, and the sentence that says why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.polling.pollstate import Hints, PollState, Rhythm
from relay.core.polling.waiting import Wait, due, is_skipped, wait, words
from relay.core.source import Validators
from tests.core.things import DAY, HOUR, MINUTE, NOW, SOURCE

KNOWN = PollState(validators=Validators(b'"v"'))
THURSDAY = NOW.weekday()


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=5), "5 s"),
        (MINUTE, "1 min"),
        (90 * MINUTE, "90 min"),
        (HOUR, "1 h"),
        (25 * HOUR, "25 h"),
        (DAY, "1 d"),
        (48 * HOUR, "2 d"),
    ],
)
def test_a_span_is_said_as_a_person_says_it(span: timedelta, said: str) -> None:
    assert words(span) == said


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"backup": 2 * DAY}, Wait(2 * DAY, "its hub pushes: every 2 d, to be sure")),
        ({"backup": 10 * MINUTE}, Wait(HOUR, "every 1 h: more often is not polite")),
        ({"rhythm": Rhythm(NOW, 8 * HOUR)}, Wait(2 * HOUR, "every 2 h, after the rhythm of its news")),
        ({"rhythm": Rhythm(NOW - 30 * DAY)}, Wait(DAY, "quiet for more than a month: every 1 d")),
        ({"rhythm": Rhythm(NOW - 365 * DAY)}, Wait(7 * DAY, "quiet for more than a year: every 7 d")),
        ({"hints": Hints(ttl=3 * HOUR)}, Wait(3 * HOUR, "the publisher asks for 3 h (ttl)")),
        ({"hints": Hints(period=DAY)}, Wait(DAY, "the publisher asks for 1 d (sy:updatePeriod)")),
    ],
)
def test_the_longest_reason_counts_and_is_said(changes: dict[str, object], expected: Wait) -> None:
    assert wait(SOURCE, replace(KNOWN, **changes), NOW, unchanged=False) == expected  # type: ignore[arg-type]  # by name


def test_a_hint_counts_for_no_more_than_the_operator_lets_it() -> None:
    found = wait(replace(SOURCE, longest=2 * HOUR), replace(KNOWN, hints=Hints(ttl=3 * DAY)), NOW, unchanged=False)
    assert found == Wait(2 * HOUR, "the publisher asks for 3 d (ttl), taken as 2 h")


@pytest.mark.parametrize("gap", [MINUTE, HOUR, DAY, 7 * DAY])
def test_sources_that_were_asked_together_drift_apart_and_only_to_later(gap: timedelta) -> None:
    moments = [due(f"s{number}", gap, Hints(), NOW) for number in range(100)]

    assert len(set(moments)) == len(moments)
    assert min(moments) >= NOW + gap
    assert max(moments) <= NOW + gap + min(gap / 20, HOUR / 4)
    assert moments == [due(f"s{number}", gap, Hints(), NOW) for number in range(100)]


@pytest.mark.parametrize(
    ("hints", "hours"),
    [
        (Hints(skip_hours=frozenset({9})), 2),
        (Hints(skip_hours=frozenset(range(8, 24))), 16),
        (Hints(skip_days=frozenset({THURSDAY})), 16),
        (Hints(skip_days=frozenset({THURSDAY, THURSDAY + 1, THURSDAY + 2})), 64),
        (Hints(skip_hours=frozenset({0, 1, 9}), skip_days=frozenset({THURSDAY})), 18),
    ],
)
def test_a_moment_that_the_feed_skips_is_the_next_one_that_it_does_not(hints: Hints, hours: int) -> None:
    found = due("s", HOUR, hints, NOW)

    assert NOW + hours * HOUR <= found < NOW + hours * HOUR + HOUR / 4
    assert not is_skipped(hints, found)


def test_skipped_hours_are_those_of_greenwich() -> None:
    hints = Hints(skip_hours=frozenset({NOW.hour}))
    assert is_skipped(hints, NOW)
    assert not is_skipped(hints, NOW + HOUR)
