"""Entries that wait a moment for their picture before anybody reads them.

``held_until`` is empty for what was never news, the moment of the first sight for what is out, and later than that
for what is held, or was until then.
"""

from datetime import datetime

from sqlalchemy import Connection, select, update

from relay.core.pictures.candidate import WAITING
from relay.core.post import Post
from relay.storage import changing, rows
from relay.storage.tables.editorial import entries, pictures

_PICTURE = '"picture":{'
"""Of a post that shows one, as rows have it; in the words of a post a quotation mark is escaped."""


def release(tx: Connection, id: int) -> None:
    """It is out: what changes from now on is a change that readers are told of."""
    out = {"held_until": entries.c.first_seen, "changed": changing.number()}
    tx.execute(update(entries).where(entries.c.id == id).values(out))


def is_out(tx: Connection, id: int, now: datetime) -> bool:
    """Whether readers have it as news, so that they are told of a change."""
    until = tx.execute(select(entries.c.held_until).where(entries.c.id == id)).scalar()
    return until is not None and until <= now


def is_held(tx: Connection, id: int, now: datetime) -> bool:
    """Whether it waits for its picture, and nobody has it yet."""
    until = tx.execute(select(entries.c.held_until).where(entries.c.id == id)).scalar()
    return until is not None and until > now


def overdue(tx: Connection, now: datetime) -> list[int]:
    """Entries that were held long enough, and whose picture has not come."""
    waiting = select(pictures.c.entry_id).where(pictures.c.state.in_(WAITING))
    held = (entries.c.held_until > entries.c.first_seen, entries.c.held_until <= now)
    return list(tx.execute(select(entries.c.id).where(entries.c.id.in_(waiting), *held)).scalars())


def next_out(tx: Connection, now: datetime) -> datetime | None:
    """When the first of those that are held will have been long enough."""
    until = entries.c.held_until
    return tx.execute(select(until).where(until > now).order_by(until).limit(1)).scalar()


def show(tx: Connection, id: int, post: Post) -> None:
    """Store the post with another picture: the words of its source are as they were."""
    said = {"updated": post.updated, "post": rows.dump(post), "changed": changing.number()}
    tx.execute(update(entries).where(entries.c.id == id).values(said))


def moments(tx: Connection, since: datetime) -> frozenset[datetime]:
    """When posts changed since then: many may have, and of none more than that is read."""
    return frozenset(tx.execute(select(entries.c.updated).where(entries.c.updated >= since).distinct()).scalars())


def linked(tx: Connection) -> list[int]:
    """Entries that show a picture and have no candidate: those of before relay looked at pictures."""
    known = select(pictures.c.entry_id)
    own = (entries.c.id.not_in(known), entries.c.post.contains(_PICTURE, autoescape=True))
    return list(tx.execute(select(entries.c.id).where(*own)).scalars())
