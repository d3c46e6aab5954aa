"""A copy of a SQLite database beside those who write it, and a copy put back: whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from tempfile import mkstemp

from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from relay.storage import copies, driver
from relay.storage.database import Database, DatabaseUnusableError, open_database
from relay.storage.owning import held
from relay.storage.schema import migrate


def back_up(db: Database, target: Path, now: datetime) -> None:
    """Copy the database to ``target``, which there must not be: as it stands at ``now`` or a moment later, marked so.

    A ``DatabaseUnusableError`` or an ``OSError`` says what is wrong; then there is no ``target``.
    """
    if target.exists():
        raise FileExistsError(17, "there is such a file already: name another", str(target))
    with beside(target) as made:
        _copy_into(db, made)
        _mark(made, now)
        _check(made)
        sync(made)
        give_name(made, target)
    sync(target.parent)


def _copy_into(db: Database, made: Path) -> None:
    try:
        with closing(db.engine.raw_connection()) as connection:
            connection.cursor().execute("VACUUM INTO ?", (str(made),))
    except driver.chosen().Error as error:
        raise DatabaseUnusableError(f"the copy could not be made in {made.parent}: {error}") from error


def put_back(source: Path, file: Path, now: datetime) -> Path | None:
    """Make ``source`` the database at ``file``; where the one that was there is now. The copy itself stays as it is.

    A ``DatabaseUnusableError`` where ``source`` is no sound copy, or a daemon is at work with ``file``.
    """
    with held(file), beside(file) as made:
        copyfile(source, made)
        _check(made)
        _known_as_copy(made)
        sync(made)
        aside = _put_aside(file, now)
        made.replace(file)
        sync(file.parent)
    return aside


def _known_as_copy(file: Path) -> None:
    """A copy by other means carries no mark: it is of the last thing that it knows of."""
    db = open_database(str(file))
    try:
        migrate(db)
        with db.write() as tx:
            moment = copies.unseen(tx) or copies.last_sign(tx)
            if moment is not None:
                copies.mark(tx, moment)
    except SQLAlchemyError as error:
        raise DatabaseUnusableError(f"{file} is no database of relay's") from error
    finally:
        db.close()
    _alone(file)


def _put_aside(file: Path, now: datetime) -> Path | None:
    """A second name for the database that was there, with what was written last: there always is one at ``file``."""
    if not file.exists() or not file.stat().st_size:
        return None
    _let_go(file)
    aside = file.with_name(f"{file.name}.before-{now:%Y%m%dT%H%M%SZ}")
    for end in ("-wal", "-shm"):
        if (one := Path(f"{file}{end}")).exists():
            one.replace(f"{aside}{end}")
    os.link(file, aside)
    return aside


def _let_go(file: Path) -> None:
    """Nobody else may be at work with it; one that is damaged is put aside as it is."""
    try:
        _alone(file)
    except DatabaseUnusableError as error:
        if "locked" in str(error):
            raise DatabaseUnusableError(f"{file} is in use by another command of relay's: let that one end") from error


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A file that nobody else may read, in the same folder; gone at the end, unless it has got another name."""
    handle, name = mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for end in ("", "-wal", "-shm"):
            Path(f"{name}{end}").unlink(missing_ok=True)


def give_name(made: Path, target: Path) -> None:
    """By a second name, which fails where there is one already; some file systems have none."""
    try:
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:
        made.replace(target)


def _mark(file: Path, now: datetime) -> None:
    """One of a schema that has no place for a mark is known by `relay restore` alone."""
    db = open_database(str(file))
    with db.write() as tx:
        if inspect(tx).has_table(copies.TABLE):
            copies.mark(tx, now)
    db.close()
    _alone(file)


def _alone(file: Path) -> None:
    """All in one file, with nothing beside it that must go along."""
    if _ask(file, "PRAGMA journal_mode=DELETE") != "delete":
        raise DatabaseUnusableError(f"{file} is locked")


def _check(file: Path) -> None:
    if (said := _ask(file, "PRAGMA quick_check")) != "ok":
        raise DatabaseUnusableError(f"{file} is damaged: {said}")


def _ask(file: Path, what: str) -> str:
    module = driver.chosen()
    try:
        with closing(module.connect(str(file))) as connection:
            return str(connection.execute(what).fetchone()[0])
    except module.DatabaseError as error:
        raise DatabaseUnusableError(f"{file} is no sound database: {error}") from error


def sync(path: Path) -> None:
    """Return once what is at ``path``, a file or a folder, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
