"""When to ask a source again, and the reason why then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.document import Answer, Blocked, Fetched, Gone, NotModified, Unreachable
from relay.core.polling import next_poll
from relay.core.source import PollState, Validators
from tests.core.things import DAY, HOUR, MINUTE, NOW, SOURCE

OLD = Validators(b'"old"', b"Mon, 01 Jun 2026 00:00:00 GMT")
ASKED = PollState(validators=OLD, due=NOW, polled_at=NOW - HOUR, succeeded_at=NOW - HOUR, answer="200")


def after(answer: Answer, state: PollState = ASKED, **hints: object) -> PollState:
    return next_poll(SOURCE, state, answer, NOW, **hints)  # type: ignore[arg-type]  # by name


def fetched(max_age: timedelta | None = None) -> Fetched:
    return Fetched(SOURCE.url, b"<rss/>", max_age=max_age)


@pytest.mark.parametrize(
    ("answer", "wait", "reason"),
    [
        (fetched(), HOUR, "every 1 h, as configured"),
        (fetched(12 * HOUR), 12 * HOUR, "the publisher asks for 12 h"),
        (fetched(MINUTE), HOUR, "every 1 h, as configured"),
        (fetched(timedelta(0)), HOUR, "every 1 h, as configured"),
        (fetched(16 * 365 * DAY), 7 * DAY, "the publisher asks for 7 d"),
        (NotModified(), HOUR, "every 1 h, as configured"),
        (NotModified(max_age=90 * MINUTE), 90 * MINUTE, "the publisher asks for 90 min"),
        (Gone(), 30 * MINUTE, "first failure: again after 30 min"),
        (Unreachable("dns"), 30 * MINUTE, "first failure: again after 30 min"),
        (Unreachable("503", 2 * HOUR), 2 * HOUR, "first failure: again after 2 h"),
        (Unreachable("503", MINUTE), 30 * MINUTE, "first failure: again after 30 min"),
        (Unreachable("503", 365 * DAY), 7 * DAY, "first failure: again after 7 d"),
        (Blocked("403"), 4 * HOUR, "told to wait: again after 4 h"),
        (Blocked("429", 6 * HOUR), 6 * HOUR, "told to wait: again after 6 h"),
        (Blocked("429", timedelta(seconds=1)), 10 * MINUTE, "told to wait: again after 10 min"),
        (Blocked("429", 7 * DAY), 7 * DAY, "told to wait: again after 7 d"),
        (Blocked("429", 365 * DAY), 7 * DAY, "told to wait: again after 7 d"),
    ],
)
def test_an_answer_says_when_to_ask_again_and_why(answer: Answer, wait: timedelta, reason: str) -> None:
    state = after(answer)
    assert (state.due, state.polled_at, state.reason) == (NOW + wait, NOW, reason)


def test_a_source_asked_less_often_than_it_blocks_keeps_its_rhythm() -> None:
    state = next_poll(replace(SOURCE, every=DAY), ASKED, Blocked("403"), NOW)
    assert state.due == NOW + DAY


def test_the_longest_hint_of_a_document_counts() -> None:
    assert after(fetched(2 * HOUR), ttl=3 * HOUR).due == NOW + 3 * HOUR
    assert after(fetched(4 * HOUR), ttl=3 * HOUR).due == NOW + 4 * HOUR


def test_the_validators_of_a_200_replace_the_old_ones() -> None:
    answer = replace(fetched(), validators=Validators(b'"new"'))
    assert after(answer).validators == Validators(b'"new"', None)


def test_a_304_keeps_the_headers_that_it_does_not_carry() -> None:
    state = after(NotModified(Validators(etag=b'"new"')))
    assert state.validators == Validators(b'"new"', OLD.last_modified)


def test_a_silent_304_keeps_what_the_200_asked_for() -> None:
    first = after(fetched(12 * HOUR))
    assert after(NotModified(), first).due == NOW + 12 * HOUR


@pytest.mark.parametrize(("hint", "expected"), [(2 * HOUR, 2 * HOUR), (24 * HOUR, 12 * HOUR), (timedelta(0), HOUR)])
def test_a_304_may_shorten_what_the_200_asked_for_and_not_prolong_it(hint: timedelta, expected: timedelta) -> None:
    first = after(fetched(12 * HOUR))
    assert after(NotModified(max_age=hint), first).due == NOW + expected


@pytest.mark.parametrize("answer", [Gone(), Unreachable("dns"), Blocked("429")])
def test_a_failure_keeps_the_validators_and_the_last_success(answer: Answer) -> None:
    state = after(answer)
    assert (state.validators, state.succeeded_at) == (OLD, NOW - HOUR)


def test_a_body_that_cannot_be_read_does_not_bring_its_validators() -> None:
    state = after(replace(fetched(), validators=Validators(b'"new"')), error="not a feed")
    assert (state.validators, state.answer, state.failures) == (OLD, "not a feed", 1)


@pytest.mark.parametrize(
    ("failures", "wait"),
    [(1, HOUR), (2, 2 * HOUR), (3, 4 * HOUR), (7, 64 * HOUR), (8, 128 * HOUR), (9, 7 * DAY), (999, 7 * DAY)],
)
def test_every_failure_doubles_the_wait_up_to_a_week(failures: int, wait: timedelta) -> None:
    state = after(Unreachable("dns"), replace(ASKED, failures=failures))
    assert (state.due, state.failures) == (NOW + wait, failures + 1)


@pytest.mark.parametrize("answer", [fetched(), NotModified()])
def test_one_success_forgets_the_failures(answer: Answer) -> None:
    assert after(answer, replace(ASKED, failures=5)).failures == 0


def test_being_told_to_wait_is_no_failure() -> None:
    assert after(Blocked("429"), replace(ASKED, failures=2)).failures == 2


def test_the_first_poll_is_the_first_that_brought_entries() -> None:
    never = PollState()
    assert [after(answer, never).is_first for answer in (Unreachable("dns"), NotModified(), fetched())] == [
        True,
        True,
        False,
    ]
