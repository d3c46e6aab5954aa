"""One seam beneath all that relay writes: the calls that change files, and the statements that change the database."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pytest

from relay.storage import driver
from relay.storage.database import Database

WRITING = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE", "COMMIT", "CREATE", "VACUUM")
FILES = ("open", "fsync", "replace", "utime", "fchmod", "link", "mkdir")
KINDS = {
    "full": (errno.ENOSPC, "database or disk is full"),
    "read-only": (errno.EROFS, "attempt to write a readonly database"),
    "faulty": (errno.EIO, "disk I/O error"),
    "open-files": (errno.EMFILE, "unable to open database file"),
}


@dataclass(slots=True)
class Seam:
    """The writes from number ``first`` on fail, ``many`` of them, as ``kind``; before they are done, or ``after``."""

    first: int = 0
    many: int = 1
    kind: str = "faulty"
    after: bool = False
    seen: int = 0
    failed: int = 0
    sites: set[str] = field(default_factory=set)

    def is_next(self, site: str) -> bool:
        """Another write: whether it is to fail."""
        self.seen += 1
        self.sites.add(site)
        fails = bool(self.first) and self.first <= self.seen < self.first + self.many
        self.failed += fails
        return fails

    def of_file(self) -> OSError:
        """What the system says."""
        number, _ = KINDS[self.kind]
        return OSError(number, os.strerror(number))

    def of_database(self, module: ModuleType) -> Exception:
        """What SQLite says, as its Python module raises it."""
        error: Exception = module.OperationalError(KINDS[self.kind][1])
        error.sqlite_errorcode = 1  # type: ignore[attr-defined]
        return error


@contextmanager
def placed(seam: Seam, db: Database) -> Iterator[None]:
    """The seam, beneath files and each connection that the database opens from now on."""
    db.close()
    with pytest.MonkeyPatch.context() as patch:
        for name in FILES:
            patch.setattr(os, name, _file_call(seam, name, getattr(os, name)))
        module = driver.chosen()
        patch.setattr(module, "connect", _connecting(seam, module))
        yield


def _file_call(seam: Seam, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def called(*args: Any, **named: Any) -> Any:
        writes = name != "open" or bool(
            (args[1] if len(args) > 1 else named.get("flags", 0)) & (os.O_CREAT | os.O_RDWR)
        )
        if not writes or not seam.is_next(f"file {name}"):
            return real(*args, **named)
        if seam.after and name != "open":  # a descriptor that was given and lost would only be a leak of the test
            real(*args, **named)
        raise seam.of_file()

    return called


def _connecting(seam: Seam, real: ModuleType) -> Callable[..., Any]:
    """The driver's way to connect; its connections fail where the seam says so."""
    plain = real.connect

    class Cursor(real.Cursor):  # type: ignore[name-defined,misc]
        def execute(self, statement: str, *args: Any) -> Any:
            return _statement(seam, real, statement, lambda: super(Cursor, self).execute(statement, *args))

        def executemany(self, statement: str, *args: Any) -> Any:
            return _statement(seam, real, statement, lambda: super(Cursor, self).executemany(statement, *args))

    class Linked(real.Connection):  # type: ignore[name-defined,misc]
        def cursor(self, *_: Any) -> Any:
            return super().cursor(Cursor)

        def commit(self) -> None:
            if self.in_transaction and self.total_changes:
                _statement(seam, real, "COMMIT", super().commit)
            else:
                super().commit()

    def connect(*args: Any, **named: Any) -> Any:
        return plain(*args, factory=Linked, **named)

    return connect


def _statement(seam: Seam, module: ModuleType, statement: str, run: Callable[[], Any]) -> Any:
    words = statement.lstrip().upper()
    if not words.startswith(WRITING) or not seam.is_next(f"database {' '.join(words.split()[:3])}"):
        return run()
    if seam.after:
        run()
    raise seam.of_database(module)


__all__ = ["FILES", "KINDS", "Seam", "placed"]
