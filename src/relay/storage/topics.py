"""What outgoing documents were last seen as, so that a change is told once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from relay.core.hub.subscriber import Topic
from relay.storage.tables.hub import topics


@dataclass(frozen=True, slots=True)
class Seen:
    """``version`` names the bytes of a document, ``stamp`` its file: one that is the same need not be read."""

    version: str
    stamp: str
    changed_at: datetime


def every(tx: Connection) -> dict[Topic, Seen]:
    """All of them."""
    found = tx.execute(select(topics))
    return {Topic(row.feed, row.path): Seen(row.version, row.stamp, row.changed_at) for row in found}


def put(tx: Connection, topic: Topic, seen: Seen) -> None:
    """From now on everybody who was told of another version is to be told."""
    is_this = (topics.c.feed == topic.feed) & (topics.c.path == topic.path)
    tx.execute(delete(topics).where(is_this))
    tx.execute(
        insert(topics).values(
            feed=topic.feed, path=topic.path, version=seen.version, stamp=seen.stamp, changed_at=seen.changed_at
        )
    )
