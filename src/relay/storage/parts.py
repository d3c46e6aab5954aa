"""The feeds that are made of feeds: what was once given a name keeps it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from relay.core.feed import Axis
from relay.core.filtering.parting import Named
from relay.storage.tables.parts import parted, parts


@dataclass(frozen=True, slots=True)
class Mark:
    """Posts were looked at up to the change ``seen``, at this moment, as ``selection`` (a digest) selects them."""

    selection: str
    seen: int = 0
    at: datetime | None = None


def known(tx: Connection, feed_id: str, axis: Axis) -> tuple[Named, ...]:
    """Every part of a feed on this axis, in the order in which they came."""
    own = (parts.c.feed == feed_id, parts.c.axis == axis)
    found = tx.execute(select(parts).where(*own).order_by(parts.c.id))
    return tuple(Named(row.name, row.value, row.title) for row in found)


def add(tx: Connection, feed_id: str, axis: Axis, new: Collection[Named]) -> None:
    """More parts; nothing takes their names from them."""
    for one in new:
        tx.execute(insert(parts).values(feed=feed_id, axis=axis, name=one.name, value=one.value, title=one.title))


def mark(tx: Connection, feed_id: str, axis: Axis, selection: str) -> Mark:
    """How far its posts were looked at; not at all where they are selected in another way now."""
    own = (parted.c.feed == feed_id, parted.c.axis == axis, parted.c.selection == selection)
    row = tx.execute(select(parted).where(*own)).first()
    return Mark(selection, row.seen, row.at) if row else Mark(selection)


def put(tx: Connection, feed_id: str, axis: Axis, reached: Mark) -> None:
    """So far they have been looked at."""
    tx.execute(delete(parted).where(parted.c.feed == feed_id, parted.c.axis == axis))
    values = {"selection": reached.selection, "seen": reached.seen, "at": reached.at}
    tx.execute(insert(parted).values(feed=feed_id, axis=axis, **values))
