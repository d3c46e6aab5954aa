"""A database of this version in a folder, as the daemon finds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from relay.storage.database import Database, open_database
from relay.storage.schema import migrate


@contextmanager
def opened(folder: Path) -> Iterator[Database]:
    """That of ``folder``, at its newest schema; closed at the end."""
    db = open_database(str(folder / "relay.db"))
    migrate(db)
    try:
        yield db
    finally:
        db.close()
