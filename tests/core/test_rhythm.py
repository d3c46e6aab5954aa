"""How often a source has news, learnt from its own entries."""

from datetime import timedelta

import pytest

from relay.core.polling.pollstate import Lesson, Rhythm
from relay.core.polling.rhythm import LATEST, learn
from tests.core.things import DAY, HOUR, MINUTE, NOW

NOTHING = Rhythm()


def learnt(*ago: timedelta, before: Rhythm = NOTHING, new: int = 0) -> Rhythm:
    return learn(before, Lesson(moments=tuple(NOW - span for span in ago), new=new), NOW)


@pytest.mark.parametrize(
    ("ago", "usual"),
    [
        ([], None),
        ([HOUR], None),
        ([HOUR, 3 * HOUR], 2 * HOUR),
        ([3 * HOUR, HOUR], 2 * HOUR),
        ([HOUR, 2 * HOUR, 3 * HOUR, 30 * DAY], HOUR),
        ([HOUR, 2 * HOUR, 5 * HOUR], 2 * HOUR),
        ([HOUR, HOUR, HOUR], None),
        ([HOUR, HOUR + MINUTE, HOUR + 2 * MINUTE], None),
        ([HOUR, HOUR + MINUTE, 6 * HOUR + MINUTE], 5 * HOUR),
        ([*(number * DAY for number in range(1, LATEST + 1)), *(number * 100 * DAY for number in range(1, 30))], DAY),
    ],
)
def test_the_usual_time_is_the_middle_one_between_its_latest_entries(
    ago: list[timedelta], usual: timedelta | None
) -> None:
    assert learnt(*ago).usual == usual


@pytest.mark.parametrize(
    ("ago", "new", "before", "newest"),
    [
        ([2 * DAY, DAY], 0, None, DAY),
        ([2 * DAY], 0, DAY, DAY),
        ([DAY], 1, 2 * DAY, DAY),
        ([], 0, 2 * DAY, 2 * DAY),
        ([], 1, 2 * DAY, timedelta(0)),
        ([-DAY], 0, 2 * DAY, 2 * DAY),
        ([-DAY], 1, 2 * DAY, timedelta(0)),
        ([-DAY, DAY], 1, 2 * DAY, DAY),
        ([], 0, None, None),
    ],
)
def test_the_newest_is_the_newest_date_that_is_past_or_now_for_news_without_one(
    ago: list[timedelta], new: int, before: timedelta | None, newest: timedelta | None
) -> None:
    known = Rhythm(NOW - before) if before is not None else NOTHING
    assert learnt(*ago, before=known, new=new).newest == (NOW - newest if newest is not None else None)


@pytest.mark.parametrize("ago", [[], [HOUR], [-DAY, -2 * DAY]])
def test_a_document_that_teaches_nothing_leaves_what_was_learnt(ago: list[timedelta]) -> None:
    assert learnt(*ago, before=Rhythm(NOW - DAY, 5 * HOUR)).usual == 5 * HOUR


def test_a_document_of_one_entry_at_a_time_has_a_rhythm_too() -> None:
    rhythm = NOTHING
    for day in (3, 2, 1):
        rhythm = learnt(day * DAY, before=rhythm, new=1)

    assert rhythm == Rhythm(NOW - DAY, DAY)
