"""Which build of SQLite relay works with: Python's own, unless that one may damage a file and a better is here."""

import importlib
import sqlite3
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
    """The module to open SQLite by. Two builds are never mixed in a process: each would drop the other's locks."""
    if is_sound(sqlite3.sqlite_version_info):
        return sqlite3
    try:
        other = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3
    return other if other.sqlite_version_info > sqlite3.sqlite_version_info else sqlite3


def warning() -> str:
    """What is to be said of the build in use; empty where it is sound."""
    module = chosen()
    return "" if is_sound(module.sqlite_version_info) else WARNING.format(module.sqlite_version)
