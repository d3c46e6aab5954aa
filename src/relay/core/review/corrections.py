"""What is public is changed or taken back: by a proposal that people approve, and calls that may be repeated."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from relay.core import thread
from relay.core.crosspost import Crosspost, Part
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.core.review.moving import as_published, freed, unapproved
from relay.core.review.settling import patience
from relay.core.review.transitions import Event


def changed(crosspost: Crosspost, number: int, part: Part) -> Crosspost:
    """One of its posts has its new words, and these are public from now on, whatever becomes of the others."""
    parts = (*crosspost.parts[:number], part, *crosspost.parts[number + 1 :])
    live = thread.with_post(crosspost.live or crosspost.draft, crosspost.draft, number, len(parts))
    return replace(crosspost, parts=parts, live=live, remote_id=parts[0].sent.id, remote_url=parts[0].sent.url)


def removed(crosspost: Crosspost) -> Crosspost:
    """Its last post is public no more."""
    return replace(crosspost, parts=crosspost.parts[:-1], request=None)


def settle_update(crosspost: Crosspost, outcome: Outcome, now: datetime) -> Crosspost:
    """What the network said of the change. A doubt is put before the editors again: nothing is done twice by it."""
    match outcome:
        case Sent():
            return replace(freed(crosspost, Event.UPDATED, "", now), live=None)
        case Retry(why, wait):
            return _later(crosspost, why, wait, now)
        case Refused(why):
            return as_published(freed(crosspost, Event.REFUSED, why, now))
        case AuthLost(why):
            return unapproved(freed(crosspost, Event.AUTH_LOST, why, now))
        case Unsure(why):
            return unapproved(freed(crosspost, Event.ANSWER_LOST, why, now))
        case _:
            assert_never(outcome)


def settle_withdrawal(crosspost: Crosspost, removal: Removal, now: datetime) -> Crosspost:
    """What the network said of the withdrawal."""
    match removal:
        case Gone():
            return freed(crosspost, Event.GONE, "", now)
        case Retry(why, wait):
            return _later(crosspost, why, wait, now)
        case Refused(why):
            return freed(crosspost, Event.REFUSED, why, now)
        case AuthLost(why):
            return freed(crosspost, Event.AUTH_LOST, why, now)
        case Unsure(why):
            return freed(crosspost, Event.ANSWER_LOST, why, now)
        case _:
            assert_never(removal)


def _later(crosspost: Crosspost, why: str, wait: timedelta, now: datetime) -> Crosspost:
    return replace(freed(crosspost, Event.NOT_NOW, why, now), not_before=now + max(wait, patience(crosspost)))
