"""Two web processes for all tests of a file: they take longer to start than what is tried with them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL, create_engine, text

from tests.scale import pair
from tests.scale.pair import Pair


@pytest.fixture(scope="module")
def both(postgresql_made: URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    with pair.standing(folder, made(postgresql_made, f"pair_{folder.name}")) as found:
        yield found


def made(server: URL, name: str) -> str:
    """The address of a new database of this version on a server."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE made STRATEGY file_copy'))
    engine.dispose()
    return server.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
