"""Whether something can be written at this moment: tried, not looked up, because that is what is asked."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from relay.storage import service
from relay.storage.database import Database

AMOUNT = 256 * 1024
"""Bytes: more than a page of SQLite and a feed need, so that what passes here is not the last room there was."""


SOME = 6
"""Files: a connection by name needs about as many at a time."""


def write_into(folder: Path) -> None:
    """Write something into the folder, to the disk, and leave nothing there; an ``OSError`` where that fails."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"\0" * AMOUNT)
        file.flush()
        os.fsync(file.fileno())


def write_row(db: Database) -> None:
    """Commit something that changes nothing; an ``SQLAlchemyError`` where that fails."""
    with db.write_unheeded() as tx:
        service.touch(tx)


def open_some() -> None:
    """An ``OSError`` where this process may not open a few more files, or connections, which count as such."""
    with ExitStack() as stack:
        for _ in range(SOME):
            stack.enter_context(Path(os.devnull).open("rb"))


def is_open() -> bool:
    """Whether a few more may be opened."""
    try:
        open_some()
    except OSError:
        return False
    return True


def free(folder: Path) -> int:
    """Bytes that are left on its disk; an ``OSError`` where it cannot be asked."""
    return shutil.disk_usage(folder).free
