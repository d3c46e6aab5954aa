"""When to ask a source again, and the reason why then."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from relay.core.document import Answer, Blocked, Fetched, Gone, NotModified, Unreachable
from relay.core.source import PollState, Source, Validators

LONGEST_HINT = timedelta(days=7)
FIRST_BACKOFF = timedelta(minutes=30)
PAUSE = timedelta(minutes=10)
LONG_PAUSE = timedelta(hours=4)


def next_poll(
    source: Source,
    state: PollState,
    answer: Answer,
    now: datetime,
    *,
    ttl: timedelta | None = None,
    error: str | None = None,
) -> PollState:
    """The state after ``answer``. ``ttl`` is the document's own hint; ``error`` says why it could not be read."""
    asked = replace(state, polled_at=now)
    if error is not None:
        return _failed(asked, error, None, now)
    match answer:
        case Fetched(validators=validators, max_age=max_age):
            return _answered(asked, source, validators, _longest(max_age, ttl), "200", now)
        case NotModified(validators=fresh, max_age=max_age):
            kept = _renewed(state.validators, fresh)
            return _answered(asked, source, kept, _shortest(max_age, state.max_age), "304", now)
        case Gone():
            return _failed(asked, "410: the publisher says this feed is gone", None, now)
        case Blocked(why, retry_after):
            pause = min(retry_after, LONGEST_HINT) if retry_after else max(LONG_PAUSE, source.every)
            return _paused(asked, why, pause, now)
        case Unreachable(why, retry_after):
            return _failed(asked, why, retry_after, now)
        case _:
            assert_never(answer)


def _renewed(stored: Validators, fresh: Validators) -> Validators:
    return Validators(fresh.etag or stored.etag, fresh.last_modified or stored.last_modified)


def _answered(
    state: PollState, source: Source, validators: Validators, hint: timedelta | None, answer: str, now: datetime
) -> PollState:
    wanted = min(hint, LONGEST_HINT) if hint else timedelta(0)
    gap = max(source.every, wanted)
    reason = f"the publisher asks for {_words(gap)}" if wanted > source.every else f"every {_words(gap)}, as configured"
    return replace(
        state,
        validators=validators,
        due=now + gap,
        succeeded_at=now if answer == "200" else state.succeeded_at,
        failures=0,
        answer=answer,
        reason=reason,
        max_age=hint,
    )


def _failed(state: PollState, why: str, retry_after: timedelta | None, now: datetime) -> PollState:
    """Validators stay: what could not be read must not hide behind the next 304."""
    failures = state.failures + 1
    backoff = min(FIRST_BACKOFF * 2 ** min(failures - 1, 12), LONGEST_HINT)
    gap = max(backoff, min(retry_after, LONGEST_HINT)) if retry_after else backoff
    times = "first failure" if failures == 1 else f"{failures} failures in a row"
    return replace(state, due=now + gap, failures=failures, answer=why, reason=f"{times}: again after {_words(gap)}")


def _paused(state: PollState, why: str, pause: timedelta, now: datetime) -> PollState:
    gap = max(pause, PAUSE)
    return replace(state, due=now + gap, answer=why, reason=f"told to wait: again after {_words(gap)}")


def _longest(*hints: timedelta | None) -> timedelta | None:
    return max((hint for hint in hints if hint), default=None)


def _shortest(*hints: timedelta | None) -> timedelta | None:
    """A 304 may shorten what the 200 asked for, and not prolong it: servers get that one wrong."""
    return min((hint for hint in hints if hint is not None), default=None)


def _words(gap: timedelta) -> str:
    minutes = round(gap.total_seconds() / 60)
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes >= size and minutes % size == 0:
            return f"{minutes // size} {unit}"
    return f"{minutes} min" if minutes else f"{gap.total_seconds():g} s"
