"""A database that was put back from a copy knows it: the copy carries a mark, until what it missed was looked for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from relay.storage.tables.review import audit
from relay.storage.tables.service import copies, heartbeats

TABLE = copies.name
_LAST = select(copies).order_by(copies.c.seen_at.is_not(None), copies.c.seen_at.desc(), copies.c.made_at).limit(1)


@dataclass(frozen=True, slots=True)
class Copy:
    """When the copy was made that this database is; when what left after it was looked for, ``None`` until then."""

    made_at: datetime
    seen_at: datetime | None = None


def mark(tx: Connection, made_at: datetime) -> None:
    """From now on this database is a copy of ``made_at``: nothing leaves until what it missed was looked for."""
    known = tx.execute(update(copies).where(copies.c.made_at == made_at).values(seen_at=None))
    if known.rowcount == 0:
        tx.execute(insert(copies).values(made_at=made_at))


def unseen(tx: Connection) -> datetime | None:
    """When the copy was made of which nobody has looked yet what left after it; the oldest of them."""
    pending = select(copies.c.made_at).where(copies.c.seen_at.is_(None))
    return tx.execute(pending.order_by(copies.c.made_at).limit(1)).scalar()


def see(tx: Connection, now: datetime) -> None:
    """What it missed was looked for, or is being looked for in states of its own."""
    tx.execute(update(copies).where(copies.c.seen_at.is_(None)).values(seen_at=now))


def last(tx: Connection) -> Copy | None:
    """The copy that this database was put back from last; first of all one that nobody has looked at."""
    row = tx.execute(_LAST).first()
    return Copy(row.made_at, row.seen_at) if row else None


def last_sign(tx: Connection) -> datetime | None:
    """The last thing that this database knows of: a copy without a mark is of then, or of soon after."""
    signs = (select(heartbeats.c.at), select(audit.c.at))
    found = [tx.execute(sign.order_by(sign.selected_columns.at.desc()).limit(1)).scalar() for sign in signs]
    return max((one for one in found if one is not None), default=None)
