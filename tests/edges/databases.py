"""A real database of each kind, as new for every test."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, create_engine, text

from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from tests.edges.opened import migrated
from tests.edges.used_again import Bare
from tests.real.postgresql import NotHereError, running

HASTY = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")
"""These databases need outlive no power cut; what is made durable is shown in tests/power."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """A PostgreSQL server of our own, for as long as the tests run."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(running())
        except NotHereError as error:  # the other database is still tested
            pytest.skip(str(error))
        yield url.set(drivername="postgresql+psycopg")


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


@pytest.fixture(scope="session")
def postgresql_bare(postgresql_made: URL) -> Bare:
    """What that database is before anybody has it."""
    with _asked(postgresql_made.set(database="made")) as made:
        return Bare(made)


@pytest.fixture(scope="session")
def postgresql_free() -> list[URL]:
    """Copies of it that a test has had, and that are as new."""
    return []


@pytest.fixture
def postgresql_address(
    postgresql_made: URL, postgresql_bare: Bare, postgresql_free: list[URL], tmp_path: Path
) -> Iterator[str]:
    """That of one on PostgreSQL, for what is true there only."""
    url = postgresql_free.pop() if postgresql_free else _copied(postgresql_made, f"test_{tmp_path.name}", "made")
    yield _address(url)
    with _asked(url) as used:
        is_bare = postgresql_bare.restore(used)
    if is_bare:
        postgresql_free.append(url)
    else:
        _drop(postgresql_made, url)


@pytest.fixture
def pg(postgresql_address: str) -> Iterator[Database]:
    """That database, as one process has it."""
    db = open_database(postgresql_address)
    yield db
    db.close()


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
    url = _copied(server, name, template)
    yield _address(url)
    _drop(server, url)


def _copied(server: URL, name: str, template: str) -> URL:
    with _asked(server) as asked:
        asked.execute(text(f'CREATE DATABASE "{name}" TEMPLATE {template} STRATEGY file_copy'))
    return server.set(database=name)


def _drop(server: URL, url: URL) -> None:
    with _asked(server) as asked:
        asked.execute(text(f'DROP DATABASE "{url.database}" WITH (FORCE)'))


@contextmanager
def _asked(server: URL) -> Iterator[Connection]:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _address(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
