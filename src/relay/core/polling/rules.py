"""When to ask a source again, and the reason why then."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from relay.core.document import Answer, Blocked, Busy, Fetched, Gone, NotModified, Unreachable
from relay.core.polling import moves
from relay.core.polling.pause import Pause
from relay.core.polling.pollstate import Hints, Lesson, PollState
from relay.core.polling.rhythm import learn
from relay.core.polling.waiting import due, wait, words
from relay.core.source import Source, Validators

FIRST_BACKOFF = timedelta(minutes=30)
LONGEST_BACKOFF = timedelta(days=7)
REFUSED = timedelta(hours=4)
"""The least wait where this reader is not wanted: 401, 403, a bot check."""
GONE_AFTER = timedelta(hours=24)
"""Between the two 410s that are believed."""
MISSING_AFTER = 24
"""Answers of 404 in a row."""
SEARCHED = timedelta(days=7)
"""Between two searches for a feed that is missing."""
DOUBT_AFTER = timedelta(days=8)
"""Of nothing but 304, before news seen elsewhere make relay ask once without validators."""


def conditions(state: PollState, now: datetime) -> Validators:
    """What to ask with: the stored validators, but once nothing where a server answers 304 for ever."""
    since, seen = state.unchanged_since, state.evidence_at
    doubtful = since is not None and seen is not None and seen > since and now - since >= DOUBT_AFTER
    return Validators() if doubtful else state.validators


def is_lost(state: PollState, now: datetime) -> bool:
    """Whether to look on the source's site where its feed has gone: at once when gone, each week while missing."""
    if state.is_gone:
        return True
    rested = state.sought_at is None or now - state.sought_at >= SEARCHED
    return state.missing >= MISSING_AFTER and rested


def next_poll(
    source: Source, state: PollState, answer: Answer, lesson: Lesson, now: datetime, pause: Pause | None = None
) -> PollState:
    """The state after ``answer``; ``pause`` is the one that a busy server has asked for."""
    if isinstance(answer, NotModified):
        return _unchanged(state, source, answer, now)
    return _changed(replace(state, polled_at=now), source, answer, lesson, now, pause)


def _changed(
    asked: PollState,
    source: Source,
    answer: Fetched | Gone | Busy | Blocked | Unreachable,
    lesson: Lesson,
    now: datetime,
    pause: Pause | None,
) -> PollState:
    match answer:
        case Fetched():
            return _fetched(asked, source, answer, lesson, now)
        case Gone():
            return _gone(asked, source, now)
        case Busy(why):
            return _told_off(asked, source, why, pause, now)
        case Blocked(why):
            return _failed(asked, source, why, now, least=REFUSED)
        case Unreachable():
            return _unreached(asked, source, answer, now)
        case _:
            assert_never(answer)


def _fetched(state: PollState, source: Source, answer: Fetched, lesson: Lesson, now: datetime) -> PollState:
    if lesson.error is not None:
        return _failed(state, source, lesson.error, now)
    return _read(state, source, answer, lesson, now)


def _read(state: PollState, source: Source, answer: Fetched, lesson: Lesson, now: datetime) -> PollState:
    hints = state.hints if lesson.is_same else lesson.hints
    landed = answer.hops[-1].target if answer.hops else moves.address(source, state)
    is_copy = lesson.is_same and landed != state.place.landed
    is_proved = is_copy or lesson.known > 0 or (state.is_first and lesson.new > 0)
    place = moves.after(state.place, moves.address(source, state), answer.hops, now, is_proved=is_proved)
    read = replace(
        state,
        validators=answer.validators,
        hints=replace(hints, max_age=answer.max_age),
        place=place,
        rhythm=learn(state.rhythm, lesson, now),
        succeeded_at=now,
        read_until=None,
        unchanged_since=None,
        evidence_at=None,
        answer="200",
    )
    if not lesson.is_same:
        read = replace(read, body=lesson.body, size=lesson.size, hubs=lesson.hubs, topic=lesson.topic)
    if answer.is_delta:
        read = replace(read, answer="226", body=state.body, size=state.size)
    return _well(read, source, now, unchanged=lesson.is_same)


def _unchanged(state: PollState, source: Source, answer: NotModified, now: datetime) -> PollState:
    """Most answers are of this kind, and have nothing to say: the state is made anew once."""
    is_sure = conditions(state, now) == state.validators
    return _well(
        _told(state, source, answer, now),
        source,
        now,
        unchanged=True,
        polled_at=now,
        answer="304",
        unchanged_since=(state.unchanged_since or now) if is_sure else now,
        evidence_at=state.evidence_at if is_sure else None,
    )


def _told(state: PollState, source: Source, answer: NotModified, now: datetime) -> PollState:
    """With what the head of a 304 says, which most often is known."""
    hints = state.hints
    validators, max_age = _renewed(state.validators, answer.validators), _shortest(answer.max_age, hints.max_age)
    place = moves.after(state.place, moves.address(source, state), answer.hops, now, is_proved=False)
    if (validators, max_age, place) == (state.validators, hints.max_age, state.place):
        return state
    return replace(state, validators=validators, hints=replace(hints, max_age=max_age), place=place)


def _renewed(known: Validators, fresh: Validators) -> Validators:
    return Validators(fresh.etag or known.etag, fresh.last_modified or known.last_modified, fresh.url or known.url)


def _well(state: PollState, source: Source, now: datetime, *, unchanged: bool, **learnt: Any) -> PollState:
    """``learnt`` is what the answer says beside, and has no part in how long to wait."""
    found = wait(source, state, now, unchanged=unchanged)
    skips = ", outside of its skipped hours" if state.hints.skip_hours or state.hints.skip_days else ""
    return replace(
        state,
        **learnt,
        due=due(source.id, found.gap, state.hints, now),
        reason=found.why + skips,
        failures=0,
        backoff=0,
        missing=0,
        gone_at=None,
        is_gone=False,
    )


def _unreached(state: PollState, source: Source, answer: Unreachable, now: datetime) -> PollState:
    """A server that is out of service (503) says nothing against the feed."""
    failed = _failed(state, source, answer.why, now)
    if answer.status == 503:
        return replace(failed, failures=state.failures)
    return replace(failed, missing=state.missing + 1) if answer.status == 404 else failed


def _failed(state: PollState, source: Source, why: str, now: datetime, least: timedelta = timedelta(0)) -> PollState:
    """Validators stay: what could not be read must not hide behind the next 304."""
    backoff = state.backoff + 1
    gap = max(min(FIRST_BACKOFF * 2 ** min(backoff - 1, 12), LONGEST_BACKOFF), least)
    times = "first failure" if backoff == 1 else f"{backoff} failures in a row"
    return replace(
        state,
        due=due(source.id, gap, Hints(), now),
        failures=state.failures + 1,
        backoff=backoff,
        answer=why,
        reason=f"{times}: again after {words(gap)}",
    )


def _gone(state: PollState, source: Source, now: datetime) -> PollState:
    first = state.gone_at or now
    failed = _failed(replace(state, gone_at=first), source, "410: the publisher says this feed is gone", now)
    if now - first < GONE_AFTER:
        return failed
    return replace(failed, is_gone=True, due=None, reason="gone: it is not asked any more")


def _told_off(state: PollState, source: Source, why: str, pause: Pause | None, now: datetime) -> PollState:
    until = pause.until if pause else now + REFUSED
    return put_off(replace(state, answer=why), source, until, now)


def put_off(state: PollState, source: Source, until: datetime, now: datetime) -> PollState:
    """Its host is left alone ``until`` then."""
    moment = due(source.id, until - now, Hints(), now)
    return replace(state, due=moment, reason=f"told to wait: again after {words(until - now)}")


def _shortest(*hints: timedelta | None) -> timedelta | None:
    """A 304 may shorten what the 200 asked for, and not prolong it: servers get that one wrong."""
    return min((hint for hint in hints if hint is not None), default=None)
