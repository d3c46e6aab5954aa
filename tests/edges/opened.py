"""A database of this version, as the daemon finds it; the schema is made once, and copied."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from relay.storage.database import Database, open_database
from relay.storage.schema import migrate


@contextmanager
def opened(folder: Path) -> Iterator[Database]:
    """That of ``folder``, at its newest schema; closed at the end."""
    db = migrated(folder / "relay.db")
    try:
        yield db
    finally:
        db.close()


def migrated(file: Path) -> Database:
    """The database in ``file``, which is made if it is not there, at its newest schema."""
    if not file.exists():
        shutil.copy(_made() / "relay.db", file)
    db = open_database(str(file))
    migrate(db)
    return db


def _made() -> Path:
    """The folder of a database that has the newest schema and nothing else, for as long as this process runs."""
    return Path(_kept().name)


@cache
def _kept() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="relay-made-")
    db = open_database(str(Path(folder.name) / "relay.db"))
    migrate(db)
    db.close()
    return folder
