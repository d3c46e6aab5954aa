"""How long nothing of a step's work falls due, for loops that need not look before."""

from datetime import datetime, timedelta

from relay.core.crosspost import State
from relay.pipeline.deliver import READY
from relay.pipeline.delivering.inhand import InHand
from relay.storage import crossposts, holding, sources
from relay.storage.database import Database

LONGEST = timedelta(seconds=10)
"""What is not looked up here, as a lease that ends, is seen so late at most."""
TIMED = (State.APPROVED, State.UNCONFIRMED, *READY)
"""States in which a cross-post waits for a moment."""


def of_deliveries(db: Database, hand: InHand, now: datetime) -> timedelta:
    """Until the next cross-post is due; none while the outcome of an attempt is still to be stored."""
    if hand.owed:
        return timedelta(0)
    with db.read() as tx:
        return _until(crossposts.next_due(tx, TIMED, now), now)


def of_polls(db: Database, now: datetime) -> timedelta:
    """Until the next source is due; none where one still is."""
    with db.read() as tx:
        return _until(sources.first_due(tx), now)


def of_pictures(db: Database, now: datetime) -> timedelta:
    """Until the next entry has waited long enough for its picture: nobody writes when that moment comes."""
    with db.read() as tx:
        return _until(holding.next_out(tx, now), now)


def _until(moment: datetime | None, now: datetime) -> timedelta:
    return LONGEST if moment is None else min(max(moment - now, timedelta(0)), LONGEST)
