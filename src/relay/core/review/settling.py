"""What a network said of an attempt to post, or of a look at what it has, and where that leaves a cross-post."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from relay.core.crosspost import Crosspost, Part
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.core.review.moving import freed, target
from relay.core.review.transitions import Event

FIRST_CHECK = timedelta(seconds=60)
"""How long a network gets to finish a call that we gave up on, and to show the post, before we look for it."""
SECOND_LOOK = timedelta(seconds=20)
"""How long after a look that found nothing another one follows: lists of posts lag, one server behind another."""

AGAIN = timedelta(minutes=5)
"""How long after a look that tells nothing another one follows, where the network does not say when."""

NOT_SEEN = "It was not found there: relay looks once more before it sends it again."


def settle(crosspost: Crosspost, outcome: Outcome, now: datetime, posts: int = 1) -> Crosspost:
    """What the network said of an attempt → where the cross-post stands now. A thread has more ``posts`` than one."""
    match outcome:
        case Sent():
            return _arrived(crosspost, Event.ACCEPTED, outcome, posts, now)
        case Retry(why, wait):
            return replace(freed(crosspost, Event.NOT_NOW, why, now), not_before=now + max(wait, patience(crosspost)))
        case Refused(why):
            return freed(crosspost, Event.REFUSED, why, now)
        case AuthLost(why):
            return freed(crosspost, Event.AUTH_LOST, why, now)
        case Unsure(why, wait):
            later = max(FIRST_CHECK, wait, patience(crosspost) if wait else wait)
            return replace(freed(crosspost, Event.ANSWER_LOST, why, now), not_before=now + later)
        case _:
            assert_never(outcome)


def verify(crosspost: Crosspost, finding: Finding, now: datetime, posts: int = 1) -> Crosspost:
    """What reading back the account said of a cross-post whose outcome is unknown."""
    match finding:
        case Sent():
            return _arrived(crosspost, Event.FOUND, finding, posts, now)
        case NotThere():
            return _absent(crosspost, now)
        case CannotTell(why, wait):
            target(crosspost, Event.FOUND)
            return replace(crosspost, note=why, not_before=now + max(wait or AGAIN, AGAIN))
        case _:
            assert_never(finding)


def _absent(crosspost: Crosspost, now: datetime) -> Crosspost:
    """Two looks that find nothing prove it; what was never frozen never left, and needs none."""
    target(crosspost, Event.ABSENT)
    if crosspost.request and crosspost.unseen_at is None:
        return replace(crosspost, unseen_at=now, not_before=now + SECOND_LOOK, note=NOT_SEEN)
    moment = max(now, crosspost.wanted_at or now)  # what somebody chose a time for does not leave before
    return replace(freed(crosspost, Event.ABSENT, "Proved absent: it is sent again.", now), not_before=moment)


def _arrived(crosspost: Crosspost, event: Event, sent: Sent, posts: int, now: datetime) -> Crosspost:
    """One post more is public; the next of its thread leaves at once, and never the same again."""
    part = Part(crosspost.request, replace(sent, allowance=None)) if crosspost.request else None
    parts = (*crosspost.parts, part) if part else crosspost.parts
    first = parts[0].sent if parts else sent
    known = replace(crosspost, parts=parts, remote_id=first.id, remote_url=first.url)
    if len(parts) >= posts:
        return freed(known, event, "", now)
    return replace(freed(known, Event.PART_ACCEPTED, "", now), request=None, not_before=now)


def patience(crosspost: Crosspost) -> timedelta:
    """A minute after the first attempt, then twice as long each time, up to an hour; what arrived was no failure."""
    failures = crosspost.attempt - len(crosspost.parts)
    return min(timedelta(minutes=1 << min(max(failures - 1, 0), 6)), timedelta(hours=1))
