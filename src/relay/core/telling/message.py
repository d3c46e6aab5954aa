"""A message to one reader, and where an attempt to send it, or to set it right, leaves it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from relay.core.crosspost import Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.core.telling.listener import Reader


class Stage(StrEnum):
    """Where a message stands."""

    DUE = "due"
    DOUBT = "doubt"
    SENT = "sent"
    STALE = "stale"
    FAILED = "failed"
    OVER = "over"


LEASE = timedelta(minutes=3)
"""Longer than a call to a mail server or a network may take: whoever is silent for so long is dead."""
GIVEN_UP = timedelta(days=3)
"""A message that could not be sent for so long is old news."""
SETTLE = timedelta(minutes=1)
"""How long a network gets to show what it may have taken."""
_HOUR = timedelta(hours=1)
_TRIES = 8
"""Attempts to set a message right."""


@dataclass(frozen=True, slots=True)
class Message:
    """``bulletin`` are the notices that it tells. ``request`` is what a room was sent, frozen before it left.

    DUE: to be sent; DOUBT: it may have arrived; STALE: it says what is no longer so, and its network can change it;
    OVER: there was nothing left to tell.
    """

    bulletin: int
    reader: Reader
    keys: Keys
    made_at: datetime
    stage: Stage = Stage.DUE
    attempt: int = 0
    not_before: datetime | None = None
    lease_until: datetime | None = None
    request: Request | None = None
    sent: Sent | None = None
    note: str = ""
    line: int = 0
    """The last line of the audit when its words were chosen: what comes after it is not in them."""
    done_at: datetime | None = None
    id: int = 0


def claimed(message: Message, now: datetime) -> Message:
    """One worker has it, for as long as ``LEASE``."""
    return replace(message, attempt=message.attempt + 1, lease_until=now + LEASE)


def is_doubtful(message: Message) -> bool:
    """Whether it may have been sent: whoever had it died after its request was frozen, or got no answer."""
    died = message.stage is Stage.DUE and message.lease_until is not None and message.request is not None
    return died or message.stage is Stage.DOUBT


def settled(message: Message, outcome: Outcome, now: datetime) -> Message:
    """What became of sending it. A mail whose answer was lost goes again, under the same ``Message-ID``."""
    free = replace(message, lease_until=None, note="" if isinstance(outcome, Sent) else outcome.why)
    match outcome:
        case Sent():
            return replace(free, stage=Stage.SENT, sent=outcome, done_at=now, not_before=None, attempt=0)
        case Retry():
            return _later(free, max(outcome.wait, patience(message)), now)
        case AuthLost():
            return _later(free, _HOUR, now)
        case Refused():
            return _over(free, Stage.FAILED, now)
        case Unsure():
            stage = Stage.DOUBT if message.reader.is_room else Stage.DUE
            return _later(replace(free, stage=stage), max(SETTLE, patience(message)), now)
        case _:
            assert_never(outcome)


def found(message: Message, finding: Finding, now: datetime) -> Message:
    """What a look at the room said of one that may have arrived: only a proof of absence sends it again."""
    match finding:
        case Sent():
            return settled(message, finding, now)
        case NotThere():
            return replace(message, stage=Stage.DUE, lease_until=None, not_before=now, note="")
        case CannotTell():
            doubt = replace(message, stage=Stage.DOUBT, lease_until=None, note=finding.why)
            return _over(doubt, Stage.DOUBT, now)
        case _:
            assert_never(finding)


def corrected(message: Message, request: Request, outcome: Outcome, now: datetime) -> Message:
    """What became of setting it right. What a network will not change stays as it is: the page has the last word."""
    free = replace(message, lease_until=None, note="" if isinstance(outcome, Sent) else outcome.why)
    match outcome:
        case Sent():
            return replace(free, stage=Stage.SENT, request=request, not_before=None, attempt=0)
        case Retry() | Unsure() if message.attempt < _TRIES:
            return replace(free, not_before=now + patience(message))
        case Retry() | Unsure() | Refused() | AuthLost():
            return replace(free, stage=Stage.SENT, not_before=None, attempt=0)
        case _:
            assert_never(outcome)


def patience(message: Message) -> timedelta:
    """A minute after the first attempt, then twice as long each time, up to an hour."""
    return min(timedelta(minutes=1 << min(max(message.attempt - 1, 0), 6)), _HOUR)


def _later(message: Message, wait: timedelta, now: datetime) -> Message:
    if now - message.made_at >= GIVEN_UP:
        return _over(message, Stage.FAILED, now)
    return replace(message, not_before=now + wait)


def _over(message: Message, stage: Stage, now: datetime) -> Message:
    return replace(message, stage=stage, not_before=None, done_at=now)
