"""Real servers that several folders of tests talk to, started once."""

from collections.abc import Iterator

import pytest

from tests.fakes.pds import Pds, running


@pytest.fixture(scope="session")
def pds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pds]:
    """The real Bluesky server."""
    with running(tmp_path_factory.mktemp("pds")) as server:
        yield server
