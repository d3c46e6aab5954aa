"""The statements that a database is sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from relay.storage.database import Database


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    """Every one that is sent meanwhile."""
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
