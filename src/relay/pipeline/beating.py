"""That a loop lives, seldom enough to cost nothing; health is asked of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from relay.storage import service as heartbeats
from relay.storage.database import Database

HEARTBEAT = timedelta(seconds=20)


def beat(db: Database, loop: str, now: datetime) -> None:
    """It lives at this moment."""
    with db.read() as tx:
        last = heartbeats.last_beat(tx, loop)
    if _is_time(last, now):
        with db.write_unheeded(of=f"loop:{loop}") as tx:
            if _is_time(heartbeats.last_beat(tx, loop), now):  # many may do its work at once, and one row is enough
                heartbeats.beat(tx, loop, now)


@dataclass(slots=True)
class Pulse:
    """The beats of one who does a loop's work: not even read, where the last has just been."""

    db: Database
    loop: str
    last: datetime | None = None

    def beat(self, now: datetime) -> None:
        """The loop lives at this moment."""
        if self.last is None or not timedelta(0) <= now - self.last < HEARTBEAT:
            beat(self.db, self.loop, now)
            self.last = now


def _is_time(last: datetime | None, now: datetime) -> bool:
    """One that is still to come tells of a clock that was set back."""
    return last is None or now - last >= HEARTBEAT
