"""What stands in each outgoing feed, and what stood there once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from relay.core.post import Post
from relay.storage import rows
from relay.storage.tables.editorial import entries
from relay.storage.tables.service import printed


@dataclass(frozen=True, slots=True)
class Place:
    """An entry in a feed: when it was published, the digest of the picture it shows, and since when it is gone."""

    entry_id: int
    published: datetime
    picture: str | None = None
    gone_at: datetime | None = None


def places(tx: Connection, feed_id: str, ids: Collection[int]) -> dict[int, Place]:
    """The places of these entries, of those that have or had one."""
    own = select(printed).where(printed.c.feed == feed_id, printed.c.entry_id.in_(ids))
    return {row.entry_id: Place(row.entry_id, row.published, row.picture, row.gone_at) for row in tx.execute(own)}


def put(tx: Connection, feed_id: str, known: Mapping[int, Place], new: Sequence[Place]) -> None:
    """Store what differs from what is ``known``."""
    added = [one for one in new if one.entry_id not in known]
    if added:
        tx.execute(insert(printed), [{"feed": feed_id, **_values(one), "entry_id": one.entry_id} for one in added])
    for one in new:
        if one.entry_id in known and known[one.entry_id] != one:
            own = (printed.c.feed == feed_id, printed.c.entry_id == one.entry_id)
            tx.execute(update(printed).where(*own).values(_values(one)))


def is_any(tx: Connection, feed_id: str) -> bool:
    """Whether anything stands there, or stood there."""
    return tx.execute(select(printed.c.entry_id).where(printed.c.feed == feed_id).limit(1)).first() is not None


def newest(tx: Connection, feed_id: str, most: int) -> list[tuple[int, Post]]:
    """The posts that were published last, newest first."""
    return _posts(tx, _standing(feed_id).order_by(*_NEWEST).limit(most))


def edited(tx: Connection, feed_id: str, since: datetime, apart: Collection[int], most: int) -> list[Post]:
    """The posts that changed after they were published, and not before ``since``; the latest change first.

    Not those of the entries ``apart``.
    """
    later = (entries.c.updated > since, entries.c.updated > entries.c.published, entries.c.id.not_in(apart))
    # Not a join: a database might begin at the feed's posts, of which there are many, and not at the few that changed.
    here = select(printed.c.entry_id).where(*_here(feed_id), printed.c.entry_id == entries.c.id).exists()
    own = select(entries.c.id, entries.c.post).where(*later, here).order_by(*_CHANGED).limit(most)
    return [post for _, post in _posts(tx, own)]


def posts(tx: Connection, feed_id: str, ids: Collection[int]) -> list[Post]:
    """Those of these entries that stand there, newest first."""
    own = _standing(feed_id).where(printed.c.entry_id.in_(ids)).order_by(*_NEWEST)
    return [post for _, post in _posts(tx, own)]


def gone(tx: Connection, feed_id: str, since: datetime) -> list[tuple[Post, datetime]]:
    """The posts that have left the feed, and when; the last first."""
    own = (printed.c.feed == feed_id, printed.c.gone_at >= since)
    found = select(entries.c.post, printed.c.gone_at).join(printed).where(*own)
    ordered = found.order_by(printed.c.gone_at.desc(), printed.c.entry_id.desc())
    return [(rows.load(row.post, Post), row.gone_at) for row in tx.execute(ordered)]


def left(tx: Connection, feed_id: str, ids: Collection[int]) -> list[Post]:
    """The posts of those of these entries that have left the feed."""
    own = (printed.c.feed == feed_id, printed.c.gone_at.is_not(None), printed.c.entry_id.in_(ids))
    return [rows.load(text, Post) for text in tx.execute(select(entries.c.post).join(printed).where(*own)).scalars()]


def latest(tx: Connection, feed_id: str) -> datetime | None:
    """When a post left the feed last."""
    own = (printed.c.feed == feed_id, printed.c.gone_at.is_not(None))
    return tx.execute(select(func.max(printed.c.gone_at)).where(*own)).scalar()


def between(tx: Connection, feed_id: str, start: datetime, end: datetime) -> list[tuple[int, datetime]]:
    """The entries published from ``start`` to before ``end``, the oldest first."""
    dated = (printed.c.published >= start, printed.c.published < end)
    own = select(printed.c.entry_id, printed.c.published).where(*_here(feed_id), *dated)
    return [(row.entry_id, row.published) for row in tx.execute(own.order_by(*_OLDEST))]


def before(tx: Connection, feed_id: str, moment: datetime | None) -> datetime | None:
    """When the last entry before ``moment`` was published; the last of all for ``None``."""
    dated = () if moment is None else (printed.c.published < moment,)
    own = select(printed.c.published).where(*_here(feed_id), *dated)
    return tx.execute(own.order_by(printed.c.published.desc()).limit(1)).scalar()


def after(tx: Connection, feed_id: str, moment: datetime) -> datetime | None:
    """When the first entry from ``moment`` on was published."""
    own = select(printed.c.published).where(*_here(feed_id), printed.c.published >= moment)
    return tx.execute(own.order_by(printed.c.published).limit(1)).scalar()


def shows(tx: Connection, feed_id: str, pictures: Collection[str]) -> set[str]:
    """Those of these pictures (digests) that an entry of the feed shows."""
    own = select(printed.c.picture).where(*_here(feed_id), printed.c.picture.in_(pictures))
    return {one for one in tx.execute(own.distinct()).scalars() if one}


def pictures(tx: Connection, feed_id: str) -> set[str]:
    """All pictures (digests) that entries of the feed show."""
    own = select(printed.c.picture).where(*_here(feed_id), printed.c.picture.is_not(None))
    return {one for one in tx.execute(own.distinct()).scalars() if one}


def close(tx: Connection, feed_id: str, size: int) -> None:
    """Put the oldest posts that are in no archive document into one, ``size`` in each, until no more are left.

    What is in one stays there: whoever has read it need not read it again (RFC 5005 §4).
    """
    own = select(printed.c.entry_id).where(*_here(feed_id), printed.c.archive.is_(None)).order_by(*_OLDEST)
    while len(some := [*tx.execute(own.limit(size + 1)).scalars()]) > size:
        values = {"archive": archives(tx, feed_id) + 1}
        tx.execute(update(printed).where(printed.c.feed == feed_id, printed.c.entry_id.in_(some[:size])).values(values))


def archives(tx: Connection, feed_id: str) -> int:
    """How many archive documents there are."""
    return tx.execute(select(func.max(printed.c.archive)).where(printed.c.feed == feed_id)).scalar() or 0


def archive(tx: Connection, feed_id: str, number: int) -> list[Post]:
    """The posts of an archive document that still stand in the feed, newest first."""
    return [post for _, post in _posts(tx, _standing(feed_id).where(printed.c.archive == number).order_by(*_NEWEST))]


_NEWEST = (printed.c.published.desc(), printed.c.entry_id.desc())
_OLDEST = (printed.c.published, printed.c.entry_id)
_CHANGED = (entries.c.updated.desc(), entries.c.id.desc())


def _here(feed_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return printed.c.feed == feed_id, printed.c.gone_at.is_(None)


def _standing(feed_id: str) -> Select[tuple[int, str]]:
    return select(entries.c.id, entries.c.post).join_from(printed, entries).where(*_here(feed_id))


def _posts(tx: Connection, own: Select[tuple[int, str]]) -> list[tuple[int, Post]]:
    return [(row.id, _post(row.post)) for row in tx.execute(own)]


@lru_cache(maxsize=1024)
def _post(text: str) -> Post:
    """The same post for the same text: the newest are read again and again."""
    return rows.load(text, Post)


def _values(one: Place) -> dict[str, object]:
    return {"published": one.published, "picture": one.picture, "gone_at": one.gone_at}
