"""Real servers for a run by hand: PostgreSQL, and Bluesky's own; each is started in a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.fakes import pds
from tests.fakes.pds import Pds
from tests.real.postgresql import NotHereError, running

OURS = "postgresql"
"""In place of an address: one is started."""


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
    with running() as url:
        yield url.render_as_string(hide_password=False)
