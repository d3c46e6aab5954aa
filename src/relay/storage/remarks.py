"""What editors say to each other of a cross-post: nothing is changed or deleted, its author may strike it out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from relay.storage.tables.remarks import remarks


@dataclass(frozen=True, slots=True)
class Remark:
    """``struck_at``: when its author took it back; it stays readable, struck out."""

    id: int
    crosspost_id: int
    at: datetime
    who: str
    text: str
    struck_at: datetime | None = None


def add(tx: Connection, crosspost_id: int, who: str, text: str, at: datetime) -> int:
    """Keep a remark; its number."""
    new = insert(remarks).values(crosspost_id=crosspost_id, who=who, text=text, at=at)
    id: int = tx.execute(new.returning(remarks.c.id)).scalar_one()
    return id


def of(tx: Connection, crosspost_id: int) -> list[Remark]:
    """What was said of a cross-post, oldest first."""
    own = select(remarks).where(remarks.c.crosspost_id == crosspost_id).order_by(remarks.c.id)
    return [Remark(row.id, row.crosspost_id, row.at, row.who, row.text, row.struck_at) for row in tx.execute(own)]


def strike(tx: Connection, crosspost_id: int, id: int, who: str, at: datetime) -> bool:
    """Strike out a remark of ``who``'s own; whether it was there to be struck out."""
    own = (remarks.c.id == id, remarks.c.crosspost_id == crosspost_id, remarks.c.who == who)
    return tx.execute(update(remarks).where(*own, remarks.c.struck_at.is_(None)).values(struck_at=at)).rowcount == 1
