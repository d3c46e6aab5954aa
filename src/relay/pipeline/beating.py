"""That a loop lives, seldom enough to cost nothing; health is asked of it."""

from datetime import datetime, timedelta

from relay.storage import service as heartbeats
from relay.storage.database import Database

HEARTBEAT = timedelta(seconds=20)


def beat(db: Database, loop: str, now: datetime) -> None:
    """It lives at this moment."""
    with db.read() as tx:
        last = heartbeats.beats(tx).get(loop)
    if last is None or now - last >= HEARTBEAT:  # one that is still to come tells of a clock that was set back
        with db.write() as tx:
            heartbeats.beat(tx, loop, now)
