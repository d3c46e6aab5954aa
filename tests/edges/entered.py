"""An entry put into the database by itself, and the posts that sources show, for tests."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from relay.core.identity.changes import Change
from relay.core.post import Post
from relay.storage import adding, changing, merged, rows
from relay.storage.adding import New
from relay.storage.entries import numbered
from relay.storage.tables.editorial import entries


def add(tx: Connection, change: Change, post: Post, now: datetime) -> int:
    """The identifier of the row."""
    (id,) = numbered(tx, 1)
    adding.put(tx, [New(id, change, post, None, changing.head(tx) + 1)], now)
    return id


def posts(tx: Connection, source_ids: Sequence[str], now: datetime | None = None) -> tuple[Post, ...]:
    """Every post of an entry that one of these sources shows, newest first; at ``now``, those that are not held."""
    own = select(entries.c.post).where(changing.is_of(source_ids), entries.c.withdrawn_at.is_(None), merged.alone())
    if now:
        own = own.where(entries.c.held_until.is_(None) | (entries.c.held_until <= now))
    found = tx.execute(own.order_by(entries.c.published.desc(), entries.c.id.desc())).scalars()
    return tuple(rows.load(text, Post) for text in found)
