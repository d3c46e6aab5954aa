"""When to ask a source again, and the reason why then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.document import Answer, Blocked, Busy, Fetched, Gone, NotModified, Unreachable
from relay.core.polling.pause import LONGEST, pause
from relay.core.polling.pollstate import Hints, Lesson, PollState, Rhythm
from relay.core.polling.rules import next_poll
from relay.core.source import Validators
from tests.core.things import DAY, HOUR, MINUTE, NOW, SOURCE

OLD = Validators(b'"old"', b"Mon, 01 Jun 2026 00:00:00 GMT")
ASKED = PollState(validators=OLD, due=NOW, polled_at=NOW - HOUR, succeeded_at=NOW - HOUR, answer="200")
HOURLY = replace(SOURCE, every=HOUR)
READ = Lesson(body="digest", size=7)


def after(answer: Answer, state: PollState = ASKED, lesson: Lesson = READ) -> PollState:
    return next_poll(HOURLY, state, answer, lesson, NOW)


def fetched(max_age: timedelta | None = None) -> Fetched:
    return Fetched(SOURCE.url, b"<rss/>", validators=OLD, max_age=max_age)


def waits(state: PollState, gap: timedelta) -> bool:
    """Jitter only lengthens: by a twentieth, and a quarter of an hour at most."""
    return state.due is not None and NOW + gap <= state.due <= NOW + gap + min(gap / 20, HOUR / 4)


@pytest.mark.parametrize(
    ("answer", "gap", "reason"),
    [
        (fetched(), HOUR, "every 1 h, as configured"),
        (fetched(12 * HOUR), 12 * HOUR, "the publisher asks for 12 h (Cache-Control)"),
        (fetched(MINUTE), HOUR, "every 1 h, as configured"),
        (fetched(timedelta(0)), HOUR, "every 1 h, as configured"),
        (fetched(16 * 365 * DAY), 7 * DAY, "the publisher asks for 5840 d (Cache-Control), taken as 7 d"),
        (NotModified(), HOUR, "every 1 h, as configured"),
        (NotModified(max_age=90 * MINUTE), 90 * MINUTE, "the publisher asks for 90 min (Cache-Control)"),
        (Gone(), 30 * MINUTE, "first failure: again after 30 min"),
        (Unreachable("dns"), 30 * MINUTE, "first failure: again after 30 min"),
        (Unreachable("503", 503), 30 * MINUTE, "first failure: again after 30 min"),
        (Blocked("403"), 4 * HOUR, "first failure: again after 4 h"),
    ],
)
def test_an_answer_says_when_to_ask_again_and_why(answer: Answer, gap: timedelta, reason: str) -> None:
    state = after(answer)
    assert waits(state, gap), state.due
    assert (state.polled_at, state.reason) == (NOW, reason)


@pytest.mark.parametrize(
    ("refusals", "asked", "gap"),
    [
        (0, 2 * HOUR, 2 * HOUR),
        (0, MINUTE, 10 * MINUTE),
        (0, 7 * DAY, 7 * DAY),
        (0, 365 * DAY, LONGEST),
        (0, None, 10 * MINUTE),
        (1, None, 20 * MINUTE),
        (5, None, 320 * MINUTE),
        (6, None, 6 * HOUR),
        (99, None, 6 * HOUR),
    ],
)
def test_a_host_that_is_busy_is_left_alone(refusals: int, asked: timedelta | None, gap: timedelta) -> None:
    before = None
    for _ in range(refusals):
        before = pause(before, None, "429", NOW - 30 * DAY)
    found = pause(before, asked, "429", NOW)
    state = next_poll(HOURLY, ASKED, Busy("429", "agence.example"), READ, NOW, found)

    assert found.until == NOW + gap
    assert waits(state, gap), state.due


def test_a_pause_is_not_cut_short_by_a_later_refusal() -> None:
    first = pause(None, DAY, "429", NOW)
    assert pause(first, MINUTE, "429", NOW).until == NOW + DAY


@pytest.mark.parametrize(
    ("every", "hints", "gap"),
    [
        (30 * MINUTE, Hints(), HOUR),
        (30 * MINUTE, Hints(max_age=MINUTE), HOUR),
        (30 * MINUTE, Hints(ttl=20 * MINUTE), 30 * MINUTE),
        (10 * MINUTE, Hints(ttl=20 * MINUTE), 20 * MINUTE),
        (MINUTE, Hints(period=MINUTE), 5 * MINUTE),
        (DAY, Hints(ttl=HOUR), DAY),
        (None, Hints(), HOUR),
    ],
)
def test_more_often_than_hourly_only_where_the_document_says_that_it_changes_so(
    every: timedelta | None, hints: Hints, gap: timedelta
) -> None:
    answer = fetched(hints.max_age)
    state = next_poll(replace(SOURCE, every=every), ASKED, answer, replace(READ, hints=hints), NOW)
    assert waits(state, gap), state.due


@pytest.mark.parametrize(
    ("between", "gap"),
    [(HOUR, HOUR), (8 * HOUR, 2 * HOUR), (DAY, 6 * HOUR), (20 * DAY, 12 * HOUR)],
)
def test_a_source_without_a_wish_is_asked_after_its_own_rhythm(between: timedelta, gap: timedelta) -> None:
    moments = tuple(NOW - number * between for number in range(4))
    state = next_poll(replace(SOURCE, every=None), ASKED, fetched(), replace(READ, moments=moments), NOW)
    assert waits(state, gap), state.due


@pytest.mark.parametrize(("silence", "gap"), [(29, HOUR), (30, DAY), (364, DAY), (365, 7 * DAY)])
def test_a_quiet_source_is_asked_less_and_less(silence: int, gap: timedelta) -> None:
    assert waits(after(NotModified(), replace(ASKED, rhythm=Rhythm(NOW - silence * DAY))), gap)


def test_one_new_entry_ends_the_quiet() -> None:
    state = replace(ASKED, rhythm=Rhythm(NOW - 400 * DAY))
    assert waits(after(fetched(), state, replace(READ, new=1)), HOUR)


def test_what_skipped_hours_cover_is_not_asked() -> None:
    hints = Hints(skip_hours=frozenset({NOW.hour + 1, NOW.hour + 2}))
    state = after(fetched(), ASKED, replace(READ, hints=hints))
    assert state.due is not None
    assert state.due.hour == NOW.hour + 3
    assert state.reason == "every 1 h, as configured, outside of its skipped hours"


@pytest.mark.parametrize("hints", [Hints(skip_hours=frozenset(range(24))), Hints(skip_days=frozenset(range(7)))])
def test_hints_that_leave_no_moment_are_none(hints: Hints) -> None:
    assert waits(after(fetched(), ASKED, replace(READ, hints=hints)), HOUR)


def test_the_longest_hint_of_all_counts() -> None:
    hints = Hints(ttl=3 * HOUR, period=2 * HOUR)
    assert waits(after(fetched(2 * HOUR), ASKED, replace(READ, hints=hints)), 3 * HOUR)
    assert waits(after(fetched(4 * HOUR), ASKED, replace(READ, hints=hints)), 4 * HOUR)


def test_a_document_that_can_only_be_fetched_whole_is_asked_once_a_day() -> None:
    same = Lesson(is_same=True)
    bare = replace(ASKED, validators=Validators())
    whole = Fetched(SOURCE.url, b"<rss/>")
    assert waits(after(whole, bare, same), DAY)
    assert waits(after(whole, replace(bare, rhythm=Rhythm(NOW, 5 * HOUR)), same), 5 * HOUR)
    assert waits(after(fetched(), ASKED, same), HOUR)


def test_the_validators_of_a_200_replace_the_old_ones() -> None:
    answer = replace(fetched(), validators=Validators(b'"new"'))
    assert after(answer).validators == Validators(b'"new"', None)


def test_a_304_keeps_the_headers_that_it_does_not_carry() -> None:
    state = after(NotModified(Validators(etag=b'"new"')))
    assert state.validators == Validators(b'"new"', OLD.last_modified)


def test_a_silent_304_keeps_what_the_200_asked_for() -> None:
    first = after(fetched(12 * HOUR))
    assert waits(after(NotModified(), first), 12 * HOUR)


@pytest.mark.parametrize(("hint", "expected"), [(2 * HOUR, 2 * HOUR), (24 * HOUR, 12 * HOUR), (timedelta(0), HOUR)])
def test_a_304_may_shorten_what_the_200_asked_for_and_not_prolong_it(hint: timedelta, expected: timedelta) -> None:
    first = after(fetched(12 * HOUR))
    assert waits(after(NotModified(max_age=hint), first), expected)


@pytest.mark.parametrize("answer", [Gone(), Unreachable("dns"), Busy("429", "agence.example")])
def test_a_failure_keeps_the_validators_and_the_last_success(answer: Answer) -> None:
    state = after(answer)
    assert (state.validators, state.succeeded_at) == (OLD, NOW - HOUR)


def test_a_body_that_cannot_be_read_does_not_bring_its_validators() -> None:
    answer = replace(fetched(), validators=Validators(b'"new"'))
    state = after(answer, ASKED, Lesson(error="not a feed", body="other"))
    assert (state.validators, state.answer, state.failures, state.body) == (OLD, "not a feed", 1, None)


@pytest.mark.parametrize(
    ("failures", "gap"),
    [(1, HOUR), (2, 2 * HOUR), (3, 4 * HOUR), (7, 64 * HOUR), (8, 128 * HOUR), (9, 7 * DAY), (999, 7 * DAY)],
)
def test_every_failure_doubles_the_wait_up_to_a_week(failures: int, gap: timedelta) -> None:
    state = after(Unreachable("dns"), replace(ASKED, failures=failures, backoff=failures))
    assert waits(state, gap), state.due
    assert state.failures == failures + 1


@pytest.mark.parametrize("answer", [fetched(), NotModified()])
def test_one_success_forgets_the_failures(answer: Answer) -> None:
    state = after(answer, replace(ASKED, failures=5, backoff=6, missing=7, gone_at=NOW))
    assert (state.failures, state.backoff, state.missing, state.gone_at) == (0, 0, 0, None)


@pytest.mark.parametrize("answer", [Busy("429", "agence.example"), Unreachable("503", 503)])
def test_being_told_to_wait_is_no_failure(answer: Answer) -> None:
    assert after(answer, replace(ASKED, failures=2)).failures == 2


def test_a_feed_that_says_twice_that_it_is_gone_is_not_asked_any_more() -> None:
    first = after(Gone())
    soon = next_poll(HOURLY, first, Gone(), READ, NOW + 23 * HOUR)
    late = next_poll(HOURLY, soon, Gone(), READ, NOW + 24 * HOUR)

    assert [(state.is_gone, state.due is None) for state in (first, soon, late)] == [(False, False)] * 2 + [
        (True, True)
    ]


def test_the_first_poll_is_the_first_that_brought_entries() -> None:
    never = PollState()
    assert [after(answer, never).is_first for answer in (Unreachable("dns"), NotModified(), fetched())] == [
        True,
        True,
        False,
    ]
