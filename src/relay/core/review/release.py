"""What an account's trouble has held leaves once the account can be used again, if its yes still stands."""

from dataclasses import replace
from datetime import datetime

from relay.core.crosspost import Crosspost
from relay.core.review.moving import is_approved, moved
from relay.core.review.transitions import TRANSITIONS, Event

NOTE = "Its account can be used again: what waited leaves one after the other."


def released(crosspost: Crosspost, now: datetime) -> Crosspost | None:
    """Scheduled again under its yes; ``None`` where its words have changed since, or nobody has approved them."""
    if not is_approved(crosspost) or (crosspost.state, Event.RESUME_APPROVED) not in TRANSITIONS:
        return None
    return moved(crosspost, Event.RESUME_APPROVED, now)


def spaced(crosspost: Crosspost, moment: datetime) -> Crosspost:
    """Not before its turn."""
    return replace(crosspost, not_before=moment, note=NOTE)
