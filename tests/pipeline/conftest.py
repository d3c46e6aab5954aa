"""The world every test of the pipeline begins in."""

from pathlib import Path

import pytest

from relay.storage.database import Database
from tests.pipeline.world import World, desk


@pytest.fixture
def world(db: Database, tmp_path: Path) -> World:
    """A relay with an empty database and no feeds yet."""
    return World(db, tmp_path / "feeds", desk())
