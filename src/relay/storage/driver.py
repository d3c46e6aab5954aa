"""Which build of SQLite relay works with: one that does not damage a file, if there is any here."""

import importlib
from types import ModuleType

Version = tuple[int, ...]

WARNING = (
    "SQLite {} may damage a database that several processes write (fixed in 3.51.3, 3.50.7 and 3.44.6): "
    "install a newer one, by `pip install pysqlite3` or with a newer Python, and keep backups by `relay backup`"
)


def is_sound(version: Version) -> bool:
    """Whether it is free of the WAL-reset bug, that is in 3.7.0 to 3.51.2 but for later fixes of 3.44 and 3.50."""
    if version[:2] == (3, 44):
        return version >= (3, 44, 6)
    if version[:2] == (3, 50):
        return version >= (3, 50, 7)
    return version >= (3, 51, 3) or version < (3, 7, 0)


def chosen() -> ModuleType:
    """The module to open SQLite by. Two builds are never mixed in a process: each would drop the other's locks.

    Python's own is not even loaded where ``pysqlite3`` is sound: it is 1 MB.
    """
    try:
        other = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")
    if is_sound(other.sqlite_version_info):
        return other
    own = importlib.import_module("sqlite3")
    is_better = is_sound(own.sqlite_version_info) or own.sqlite_version_info >= other.sqlite_version_info
    return own if is_better else other


def warning() -> str:
    """What is to be said of the build in use; empty where it is sound."""
    module = chosen()
    return "" if is_sound(module.sqlite_version_info) else WARNING.format(module.sqlite_version)
