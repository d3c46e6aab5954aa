"""What is to be told together becomes messages, one a reader: at the hour of a digest, or else in a moment."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.route import Schedule
from relay.core.scheduling.calendar import next_moment
from relay.core.telling.listener import Kind, Listener, readers
from relay.core.telling.message import Message
from relay.pipeline.telling.wishes import Wishes
from relay.storage import messages, notices
from relay.storage.database import Database

SETTLE = timedelta(seconds=30)
"""A poll brings several entries, and their pictures come a little later: they are told together."""


def gather(db: Database, wishes: Wishes, now: datetime) -> int:
    """Make the messages that are due; how many."""
    return sum(_gather(db, wishes, listener, now) for listener in wishes.listeners)


def _gather(db: Database, wishes: Wishes, listener: Listener, now: datetime) -> int:
    with db.read() as tx:
        if not (_is_time(tx, wishes, listener, now) or notices.is_untold(tx, listener.id, Kind.STOPPED)):
            return 0
    with db.write() as tx:
        notices.forget_moot(tx, listener.id)
        number = notices.bundle(tx, listener.id, None if _is_time(tx, wishes, listener, now) else Kind.STOPPED)
        own = readers(listener, mails=wishes.mail is not None) if number is not None else ()
        for reader in own:
            messages.put(tx, Message(number or 0, reader, wishes.mint(), made_at=now, not_before=now))
        return len(own)


def _is_time(tx: Connection, wishes: Wishes, listener: Listener, now: datetime) -> bool:
    """Whether all is told now. An emergency stop waits for no hour."""
    oldest = notices.oldest(tx, listener.id)
    return oldest is not None and _moment(tx, wishes, listener, oldest) <= now


def _moment(tx: Connection, wishes: Wishes, listener: Listener, oldest: datetime) -> datetime:
    """When what has waited longest is told."""
    if listener.digest:
        hours = Schedule(zone=wishes.zone, slots=(listener.digest,))
        return next_moment(hours, oldest) or oldest
    last = messages.last(tx, listener.id)
    return max(oldest + SETTLE, last + listener.gap if last else oldest)
