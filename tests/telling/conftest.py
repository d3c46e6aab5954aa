"""The newsdesk every test of telling begins at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relay.storage.database import Database
from tests.telling.newsdesk import Newsdesk, newsdesk_at


@pytest.fixture
def bench(db: Database, tmp_path: Path) -> Iterator[Newsdesk]:
    """Nothing has happened yet."""
    with newsdesk_at(db, tmp_path) as found:
        yield found
