"""A PostgreSQL of the run's own, as an operator would have it: nothing of what makes commits last is turned off."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from tests.real.postgresql import running

PG = "postgres"
"""The database that every server has."""
PORT = 5432
"""By which the server's socket is named."""


@dataclass(frozen=True, slots=True)
class Server:
    """``address`` is for the harness, which nobody cuts off; ``socket`` for the proxy, ``name`` for the configurations."""

    address: str
    socket: str
    name: str


@contextmanager
def standing() -> Iterator[Server]:
    """One with an empty database, for as long as the block."""
    with running() as url:
        yield at(url.render_as_string(hide_password=False))


def at(uri: str) -> Server:
    """A server that listens on a Unix socket."""
    url = make_url(uri).set(drivername="postgresql")
    place = Path(str(url.query["host"])) / f".s.PGSQL.{PORT}"
    return Server(url.render_as_string(hide_password=False), str(place), url.database or PG)
