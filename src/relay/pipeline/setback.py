"""A clock that was set back: what was dated by it before is moved with it, once, so that nothing waits for it again.

Each loop does it for what it looks at, and none while it is at work: the moment that it last read is its heartbeat.
"""

import logging
from datetime import datetime

from sqlalchemy import Connection

from relay.core.clock import SetBack, set_back
from relay.core.crosspost import Crosspost
from relay.core.scheduling.setback import set_right
from relay.pipeline.desk import Desk
from relay.storage import clocks, crossposts, journal
from relay.storage import service as heartbeats
from relay.storage.database import Database
from relay.storage.journal import Actor

log = logging.getLogger("relay")

RELAY = Actor("relay", "clock")
POLL, DELIVER = "poll", "deliver"


def before_publishing(db: Database, now: datetime) -> None:
    """What readers had before stays out. The loop that polls finds the same again, and does no harm by it."""
    if _set_back(db, POLL, now):
        with db.write() as tx:
            if change := set_back(heartbeats.beats(tx).get(POLL), now):
                clocks.show(tx, change)


def before_polling(db: Database, desk: Desk, now: datetime) -> None:
    """Every source is asked after as long a wait as it would have been."""
    if not _set_back(db, POLL, now):
        return
    with db.write() as tx:
        if change := set_back(heartbeats.beats(tx).get(POLL), now):
            clocks.show(tx, change)
            clocks.ask(tx, change)
            moved = clocks.poll(tx, desk.sources, change)
            _said(tx, POLL, change, f"{moved} sources")


def before_delivering(db: Database, desk: Desk, now: datetime) -> None:
    """What waits for a moment of then leaves at one of now, and what was said then is no reason to wait."""
    if not _set_back(db, DELIVER, now):
        return
    with db.write() as tx:
        if change := set_back(heartbeats.beats(tx).get(DELIVER), now):
            clocks.leave(tx, change)
            moved = sum(_right(tx, desk, change, one) for one in crossposts.dated_after(tx, now))
            _said(tx, DELIVER, change, f"{moved} cross-posts")


def _set_back(db: Database, loop: str, now: datetime) -> SetBack | None:
    with db.read() as tx:
        return set_back(heartbeats.beats(tx).get(loop), now)


def _right(tx: Connection, desk: Desk, change: SetBack, old: Crosspost) -> int:
    new = set_right(old, desk.schedule(old), change)
    return int(new != old and crossposts.replace(tx, old, new))


def _said(tx: Connection, loop: str, change: SetBack, what: str) -> None:
    heartbeats.beat(tx, loop, change.now)
    told = f"the clock was set back from {change.was:%Y-%m-%d %H:%M} to {change.now:%Y-%m-%d %H:%M} UTC: {what}"
    journal.note(tx, RELAY, "clock", told, change.now)
    log.warning("%s are dated anew", told)
