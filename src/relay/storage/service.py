"""What the service as a whole remembers: the feeds' permanent names, and that its loops are alive."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from relay.storage.tables.service import feeds, heartbeats


def feed_tag(tx: Connection, feed_id: str, proposed: str) -> str:
    """The permanent ``tag:`` address of a feed: the first one ever proposed."""
    known = tx.execute(select(feeds.c.tag).where(feeds.c.id == feed_id)).scalar()
    if known is None:
        tx.execute(insert(feeds).values(id=feed_id, tag=proposed))
    return known or proposed


def beat(tx: Connection, loop: str, now: datetime) -> None:
    """A loop of the daemon says that it has just run."""
    if not tx.execute(update(heartbeats).where(heartbeats.c.loop == loop).values(at=now)).rowcount:
        tx.execute(insert(heartbeats).values(loop=loop, at=now))


def last_beat(tx: Connection, loop: str) -> datetime | None:
    """When this one ran last."""
    return tx.execute(select(heartbeats.c.at).where(heartbeats.c.loop == loop)).scalar()


def beats(tx: Connection) -> dict[str, datetime]:
    """When each loop ran last."""
    return {row.loop: row.at for row in tx.execute(select(heartbeats))}


def touch(tx: Connection) -> None:
    """Write, and leave all as it was: for whoever wants to know whether the database can be written."""
    tx.execute(insert(heartbeats).values(loop=_PROBE, at=datetime.fromtimestamp(0, UTC)))
    tx.execute(delete(heartbeats).where(heartbeats.c.loop == _PROBE))


_PROBE = "probe"
