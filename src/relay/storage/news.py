"""What has been written into the history since somebody last looked."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from relay.storage.tables.review import audit


@dataclass(frozen=True, slots=True)
class News:
    """One line of the history of a cross-post, by its ``number`` among all lines there are."""

    number: int
    crosspost_id: int
    who: str
    what: str
    state: str
    revision: int


def mark(tx: Connection) -> int:
    """The number of the last line; 0 before the first."""
    return tx.execute(select(func.max(audit.c.id))).scalar() or 0


def since(tx: Connection, number: int, most: int = 100) -> list[News]:
    """The lines about cross-posts after ``number``, oldest first; only the last ``most`` where there are more."""
    own = select(audit).where(audit.c.id > number, audit.c.crosspost_id.is_not(None))
    found = list(tx.execute(own.order_by(audit.c.id.desc()).limit(most)))
    return [
        News(row.id, row.crosspost_id, row.who, row.what, row.to_state, row.revision or 0) for row in reversed(found)
    ]
