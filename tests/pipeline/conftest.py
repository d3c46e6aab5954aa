"""The world every test of the pipeline begins in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import reading_client
from relay.storage.database import Database
from tests.pipeline.gallery import Gallery, gallery_at
from tests.pipeline.pushed import ACTIVE, put
from tests.pipeline.subscriber import Subscriber
from tests.pipeline.world import World, desk


@pytest.fixture
def world(db: Database, tmp_path: Path) -> World:
    """A relay with an empty database and no feeds yet."""
    return World(db, tmp_path / "feeds", desk())


@pytest.fixture
def pushed_world(world: World) -> World:
    """A source that was polled, and whose hub has pushed nothing yet."""
    world.poll()
    put(world, ACTIVE)
    return world


@pytest.fixture
def subscriber(db: Database) -> Iterator[Subscriber]:
    """A relay that subscribes at hubs on this machine."""
    with reading_client(Guard(("127.0.0.1",)), None, deadline=5.0) as http:
        yield Subscriber(db, http, desk())


@pytest.fixture
def gallery(db: Database, tmp_path: Path) -> Iterator[Gallery]:
    """A relay whose news have pictures, on a real server that has none yet."""
    with gallery_at(db, tmp_path / "feeds") as found:
        yield found
