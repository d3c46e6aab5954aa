"""Empty databases of every schema that was ever released."""

import shutil
from pathlib import Path

import pytest

from relay.storage import schema
from relay.storage.database import open_database
from tests.upgrades.made import REVISIONS


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty database of each schema: one is brought up step by step, and copied at each."""
    folder = tmp_path_factory.mktemp("empty")
    db = open_database(str(folder / "relay.db"))
    for revision in REVISIONS:
        with db.write() as tx:
            schema._upgrade(tx, revision)
        db.close()
        shutil.copy(folder / "relay.db", folder / revision)
    return folder
