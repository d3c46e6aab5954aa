"""A database put back from a copy: what may have happened to each cross-post after the copy was made.

Nobody knows who did what since. So it is taken as if a worker had claimed each one that was to leave, and died: it is
looked for, as any other whose answer was lost. Where that proves nothing, a person looks.
"""

from dataclasses import replace
from datetime import datetime

from relay.core.crosspost import Crosspost, Request, State
from relay.core.outcome import Unsure
from relay.core.review import corrections, settling, workflow
from relay.core.review.moving import freed, is_approved, moved, unapproved
from relay.core.review.transitions import Event
from relay.core.review.warning import HELD, MAY_BE_PUBLIC

LOOKED_FOR = "This database was put back from a copy: it may have left since, and is looked for."
ASKED_AGAIN = "This database was put back from a copy: whether this was done since is not known."

LEAVING = frozenset({State.APPROVED, State.SCHEDULED, State.SENDING, State.UNCONFIRMED})
"""What is looked for."""
UNDECIDED = frozenset({State.WAITING, State.CHANGES, State.HELD, State.FAILED})
"""What editors are warned of."""
CHANGING = frozenset({State.UPDATING, State.WITHDRAWING})
"""What they are asked again."""
OPEN = tuple(LEAVING | UNDECIDED | CHANGING)


def restored(old: Crosspost, request: Request | None, made_at: datetime, now: datetime) -> tuple[Crosspost, ...]:
    """Each step that it takes now, the last of which is where it stands.

    ``request`` is as which it may have left since ``made_at``; ``None`` where it cannot be looked for.
    """
    if old.state in CHANGING:
        return (_asked_again(old, now),)
    if old.state in UNDECIDED:
        return (_warned(old),)
    if _is_newer(old, made_at):
        return (_warned(moved(old, Event.RECALL, now)),)
    if request is None or not is_approved(old):
        return _held(old, now)
    return _looked_for(replace(old, request=request), now)


def _warned(old: Crosspost) -> Crosspost:
    """At another revision: a page on which the warning is not shown yet approves nothing."""
    return replace(unapproved(old), revision=old.revision + 1, note=MAY_BE_PUBLIC)


def _is_newer(old: Crosspost, made_at: datetime) -> bool:
    """Approved since the copy was put back, and before anybody was warned."""
    is_to_leave = old.state in {State.APPROVED, State.SCHEDULED} and old.lease_until is None and not old.parts
    return is_to_leave and old.keys is not None and old.keys.created_at > made_at


def _looked_for(old: Crosspost, now: datetime) -> tuple[Crosspost, ...]:
    if old.state is State.UNCONFIRMED:
        return (replace(old, unseen_at=None, not_before=now, note=LOOKED_FOR),)
    ready = (workflow.schedule(old, now, now),) if old.state is State.APPROVED else ()
    claimed = (workflow.claim((*ready, old)[0], settling.FIRST_CHECK, now),) if old.state is not State.SENDING else ()
    lost = settling.settle((*claimed, old)[0], Unsure(LOOKED_FOR), now)
    return (*ready, *claimed, replace(lost, not_before=now))


def _held(old: Crosspost, now: datetime) -> tuple[Crosspost, ...]:
    """By way of the states that lead there; its yes is asked again, for nobody knows what it was for."""
    lost = (settling.settle(old, Unsure(LOOKED_FOR), now),) if old.state is State.SENDING else ()
    doubtful = (*lost, old)[0]
    back = (freed(doubtful, Event.ABSENT, HELD, now),) if doubtful.state is State.UNCONFIRMED else ()
    held = replace(unapproved(moved((*back, doubtful)[0], Event.HOLD, now)), note=HELD)
    return (*lost, *back, held)


def _asked_again(old: Crosspost, now: datetime) -> Crosspost:
    doubt = Unsure(ASKED_AGAIN)
    if old.state is State.UPDATING:
        return corrections.settle_update(old, doubt, now)
    return corrections.settle_withdrawal(old, doubt, now)
