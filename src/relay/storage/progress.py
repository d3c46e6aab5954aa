"""How far the folder of each feed is, so that a publish does no more than what changed since.

Of several that publish one feed at once, the last to leave says how far it is: until then, and for ten minutes after
one has died on the way, what changed is made again, which gives the same bytes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from relay.storage.tables.service import feeds

_DEAD = timedelta(minutes=10)
"""After so long nobody is on the way any more who began before."""


@dataclass(frozen=True, slots=True)
class Progress:
    """All changes up to the number ``seen`` are in the folder, as documents that ``looks`` (a digest) describes.

    ``at`` is when the tables were read.
    """

    seen: int = 0
    looks: str = ""
    at: datetime | None = None
    is_clean: bool = False
    """Whether nobody is on the way, or died there."""


def read(tx: Connection, feed_id: str) -> Progress:
    """How far it is."""
    row = tx.execute(select(feeds).where(feeds.c.id == feed_id)).first()
    return Progress(row.seen, row.looks or "", row.published_at, row.writers == 0) if row else Progress()


def begin(tx: Connection, feed_id: str, now: datetime) -> None:
    """Somebody is on the way."""
    row = tx.execute(select(feeds.c.writers, feeds.c.begun_at).where(feeds.c.id == feed_id)).first()
    is_alone = row is None or row.begun_at is None or not timedelta(0) <= now - row.begun_at < _DEAD
    writers = 1 if row is None or is_alone else row.writers + 1
    tx.execute(update(feeds).where(feeds.c.id == feed_id).values(writers=writers, begun_at=now))


def end(tx: Connection, feed_id: str, reached: Progress | None) -> None:
    """They have left; ``None`` if they did not bring it to an end."""
    left = tx.execute(select(feeds.c.writers).where(feeds.c.id == feed_id)).scalar() or 1
    said: dict[str, object] = {"writers": max(left - 1, 0)}
    if reached and left <= 1:
        said |= {"seen": reached.seen, "looks": reached.looks, "published_at": reached.at}
    tx.execute(update(feeds).where(feeds.c.id == feed_id).values(said))


def skip(tx: Connection, feed_ids: Collection[str], seen: int, at: datetime) -> None:
    """Nothing up to the number ``seen`` concerns these feeds; where somebody is on the way, they say so themselves."""
    own = (feeds.c.id.in_(feed_ids), feeds.c.writers == 0)
    tx.execute(update(feeds).where(*own).values(seen=seen, published_at=at))
