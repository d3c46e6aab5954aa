"""What other hubs know of relay's feeds."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from relay.core.hub.subscriber import Progress, Topic
from relay.storage.tables.hub import pings

Told = tuple[str, Topic]
"""The hub's address, and what it is told of."""


def every(tx: Connection) -> dict[Told, Progress]:
    """How far each of them has been told."""
    return {(row.hub, Topic(row.feed, row.path)): _progress(row) for row in tx.execute(select(pings))}


def put(tx: Connection, told: Told, progress: Progress) -> None:
    """How far this one has."""
    hub, topic = told
    own = (pings.c.hub == hub) & (pings.c.feed == topic.feed) & (pings.c.path == topic.path)
    tx.execute(delete(pings).where(own))
    tx.execute(insert(pings).values(hub=hub, feed=topic.feed, path=topic.path, **asdict(progress)))


def _progress(row: Row[Any]) -> Progress:
    return Progress(row.version, row.at, row.attempts, row.not_before, row.failing_since, row.note)
