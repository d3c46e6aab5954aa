"""Copies of a database as it was before its schema was changed: the last three, for their owner's eyes only."""

import re
import shutil
from datetime import datetime
from pathlib import Path

from relay.storage import dumping
from relay.storage.backing import back_up
from relay.storage.database import Database, DatabaseUnusableError
from relay.storage.owning import file_of

KEPT = 3
_TIME = "%Y%m%dT%H%M%SZ"
_SPARE = 1.1
"""How much room is wanted, of the size of the database: others write beside it while it is copied."""
_MB = 1_000_000
ROOM = "{} has {} MB free, and the copy needs {} MB"


def keep(db: Database, before: str, folder: Path, now: datetime) -> Path:
    """The copy, named by its schema and the time; older ones but the last are removed once it is on the disk.

    It lies beside a SQLite file, or in ``folder``. A ``DatabaseUnusableError`` or ``OSError`` says why there is none.
    """
    target = place(db, before, folder, now)
    target.parent.mkdir(parents=True, exist_ok=True)
    if file_of(db):
        _clear(target, db)
    check(db, target.parent)
    if file_of(db) is None:
        dumping.dump(db, target)
    else:
        back_up(db, target, now)
    _prune(target, db)
    return target


def place(db: Database, before: str, folder: Path, now: datetime) -> Path:
    """Where the copy goes."""
    file = file_of(db)
    name = f"{_stem(db)}.schema-{before}-{now:{_TIME}}"
    return file.with_name(name) if file else folder / f"{name}.dump"


def check(db: Database, folder: Path) -> tuple[int, int]:
    """The bytes that a copy needs, and those that are free; a ``DatabaseUnusableError`` where none can be made."""
    if file_of(db) is None:
        dumping.program()
    needed, free = round(_size(db) * _SPARE), shutil.disk_usage(folder).free
    if needed > free:
        raise DatabaseUnusableError(ROOM.format(folder, free // _MB, -(-needed // _MB)))
    return needed, free


def _size(db: Database) -> int:
    """In bytes. What PostgreSQL writes is packed, and by how much nobody knows before."""
    file = file_of(db)
    if file is None:
        return dumping.size(db)
    return sum(path.stat().st_size for path in (file, Path(f"{file}-wal")) if path.exists())


def _stem(db: Database) -> str:
    file = file_of(db)
    return file.name if file else str(db.engine.url.database)


def _copies(target: Path, db: Database) -> list[Path]:
    """Those there are, the oldest first."""
    pattern = re.compile(rf"{re.escape(_stem(db))}\.schema-\d+-(\d{{8}}T\d{{6}}Z)(\.dump)?")
    found = [(match[1], path) for path in target.parent.iterdir() if (match := pattern.fullmatch(path.name))]
    return [path for _, path in sorted(found)]


def _prune(target: Path, db: Database) -> None:
    for old in _copies(target, db)[:-KEPT]:
        old.unlink(missing_ok=True)


def _clear(target: Path, db: Database) -> None:
    """What is left of a copy whose process was killed; nobody else makes one now."""
    for left in target.parent.glob(f".{_stem(db)}.schema-*"):
        left.unlink(missing_ok=True)
