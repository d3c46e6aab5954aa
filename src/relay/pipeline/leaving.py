"""When the process has to go while it waits for networks: what it has in hand is written down as unknown."""

from contextlib import suppress
from datetime import datetime

from relay.pipeline.delivering.claiming import AT_WORK
from relay.pipeline.delivering.inhand import InHand
from relay.pipeline.tidy import doubt
from relay.storage import crossposts
from relay.storage.database import Database


def leave_off(db: Database, hand: InHand, now: datetime) -> int:
    """Nothing is left as being sent: the next start looks for it, and need not wait for a lease. How many there were.

    An answer that comes after this is not heard: the attempt counts no more. What is owed is known, and no doubt.
    """
    hand.is_over = True
    with suppress(Exception):  # where it still cannot be written down it is looked for, as all else is
        hand.pay()
    with db.read() as tx:
        own = [one for one in crossposts.by_state(tx, tuple(AT_WORK)) if one.lease_until and hand.has(one)]
    return sum(doubt(db, one, now) for one in own)
