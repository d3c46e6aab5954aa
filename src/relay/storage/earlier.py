"""Posts as they were before their source changed them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from relay.core.post import Post
from relay.storage import rows
from relay.storage.tables.remarks import earlier

MOST = 10
"""Of one entry: a page with a counter in its text changes at every poll."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A post as its source told it ``until`` then."""

    until: datetime
    post: Post


def keep(tx: Connection, entry_id: int, post: Post, until: datetime) -> None:
    """Keep a post that is about to change; the oldest go when there are too many."""
    tx.execute(insert(earlier).values(entry_id=entry_id, until=until, post=rows.dump(post)))
    own = select(earlier.c.id).where(earlier.c.entry_id == entry_id).order_by(earlier.c.id.desc()).offset(MOST)
    if old := list(tx.execute(own.limit(MOST)).scalars()):
        tx.execute(delete(earlier).where(earlier.c.id.in_(old)))


def of(tx: Connection, entry_id: int) -> list[Earlier]:
    """What an entry was before, oldest first."""
    own = select(earlier.c.until, earlier.c.post).where(earlier.c.entry_id == entry_id).order_by(earlier.c.id)
    return [Earlier(row.until, rows.load(row.post, Post)) for row in tx.execute(own)]
