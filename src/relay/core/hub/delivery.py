"""When somebody is told again, and when no longer (https://www.w3.org/TR/websub/ §7)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from relay.core.hub.subscriber import Arrived, Errand, Failed, Outcome, Over, Progress, Spared

WAITS = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 10, 60, 180, 360))
"""After the first failed attempt, the second, …; then the last one again and again."""
LONGEST_ASKED = timedelta(hours=6)
"""The most that a ``Retry-After`` is believed."""
FORSAKEN = timedelta(days=3)
"""After so long without one success a subscription ends; whoever comes back subscribes anew."""
SPARED = WAITS[0]
QUESTIONS = (timedelta(seconds=10), timedelta(minutes=1))
"""Between the times a callback that does not answer is asked whether it means it."""


def told(progress: Progress, version: str, outcome: Outcome, now: datetime) -> Progress | None:
    """How it stands after an attempt to tell of ``version``; ``None`` where nothing more is to be told.

    The next attempt sends what is newest then: a version that did not arrive is superseded, not queued.
    """
    match outcome:
        case Arrived():
            return Progress(version, now)
        case Over():
            return None
        case Spared():
            return replace(progress, not_before=now + SPARED)
        case Failed():
            return _after_failure(progress, outcome, now)
        case _:
            assert_never(outcome)


def is_forsaken(progress: Progress, now: datetime) -> bool:
    """Whether nothing has arrived for so long that nobody can be there any more."""
    return progress.failing_since is not None and now - progress.failing_since >= FORSAKEN


def asked_again(errand: Errand, now: datetime) -> Errand | None:
    """A question that got no answer, as it is put again; ``None`` when it has been put often enough."""
    if errand.attempts >= len(QUESTIONS):
        return None
    return replace(errand, attempts=errand.attempts + 1, not_before=now + QUESTIONS[errand.attempts])


def _after_failure(progress: Progress, outcome: Failed, now: datetime) -> Progress:
    wait = max(WAITS[min(progress.attempts, len(WAITS) - 1)], min(outcome.wait, LONGEST_ASKED))
    return replace(
        progress,
        attempts=progress.attempts + 1,
        not_before=now + wait,
        failing_since=progress.failing_since or now,
        note=outcome.why,
    )
