"""What becomes of a cross-post when its source takes its entry back, and when it shows it again."""

from dataclasses import replace
from datetime import datetime

from relay.core.crosspost import Crosspost, State
from relay.core.review.moving import as_published, unapproved
from relay.core.review.transitions import TRANSITIONS, Event
from relay.core.review.warning import noted

NOTE = "The source has withdrawn this entry."
TOLD = "Another source's entry took its news there meanwhile."


def withdraw(crosspost: Crosspost, now: datetime) -> Crosspost | None:
    """What has not left is held until a person looks, for what has left that is proposed; ``None`` for the rest.

    What is on hold already stays so for its own reason, and needs a fresh yes: whoever resumes it looks at it again.
    """
    if crosspost.lease_until is not None:
        return None
    if crosspost.state is State.HELD:
        return None if crosspost.parts else unapproved(replace(crosspost, changed_at=now))
    state = TRANSITIONS.get((crosspost.state, Event.SOURCE_WITHDRAWN))
    if state is None:
        return None
    return as_published(replace(crosspost, state=state, changed_at=now, note=noted(crosspost, state, NOTE)))


def restore(crosspost: Crosspost, now: datetime) -> Crosspost | None:
    """What is held is put before the editors anew, without any yes of before; what is public stays so.

    ``None`` where nothing had been asked.
    """
    state = TRANSITIONS.get((crosspost.state, Event.SOURCE_RESTORED))
    if state is None:
        return None
    note = noted(crosspost, state, "The source shows this entry again.")
    asked = replace(crosspost, state=state, changed_at=now, note=note)
    return unapproved(asked) if state is State.WAITING else asked


def told(crosspost: Crosspost, now: datetime) -> Crosspost | None:
    """Its account has had the news by another entry: it stays held, and whoever resumes it is told; else ``None``."""
    held = crosspost.state is State.HELD
    return replace(crosspost, changed_at=now, note=noted(crosspost, State.HELD, TOLD)) if held else None
