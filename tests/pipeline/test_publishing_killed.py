"""A publisher is killed at any moment: every file is whole, and the next run completes what is missing."""

import os
import signal
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from relay.building import FORMATS
from relay.pipeline.publish import publish
from relay.publish.compression import SUFFIXES
from relay.storage import schema
from relay.storage.database import open_database
from tests.pipeline.world import World, desk

TIMES = 20


def publishing(world: World, database: Path) -> int:
    """The number of a process that publishes, with a database connection of its own."""
    child = os.fork()
    if child:
        return child
    try:
        publish(open_database(str(database)), world.desk, FORMATS, world.feeds, world.now, whole=True)
    finally:
        os._exit(0)


def documents(folder: Path) -> dict[str, bytes]:
    packed = (*SUFFIXES.values(), ".tmp")
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(packed))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_killed_at_any_moment_it_leaves_whole_files_and_the_next_run_completes(tmp_path: Path) -> None:
    database = tmp_path / "relay.db"
    db = open_database(str(database))
    schema.migrate(db)
    world = World(db, tmp_path / "feeds", desk())
    world.desk = replace(world.desk, feeds=(replace(world.desk.feeds[0], size=3),))
    world.agency.titles = [f"Billet {number}" for number in range(10)]
    world.poll()
    world.publish()
    for turn in range(TIMES):
        before = documents(world.feeds)
        world.desk = replace(world.desk, feeds=(replace(world.desk.feeds[0], title=f"Le blog, {turn}"),))
        child = publishing(world, database)
        time.sleep(turn * 0.0125)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        halfway = documents(world.feeds)
        world.now += timedelta(minutes=11)
        world.publish()
        after = documents(world.feeds)
        assert all(body in {before.get(path), after[path]} for path, body in halfway.items()), turn
        assert f"Le blog, {turn}".encode() in after["blog/atom.xml"]
        assert not list(world.feeds.rglob("*.tmp"))
    fresh = tmp_path / "fresh"
    publish(db, world.desk, FORMATS, fresh, world.now, whole=True)
    db.close()

    assert {path: body for path, body in documents(fresh).items() if "archives" not in path} == {
        path: body for path, body in documents(world.feeds).items() if "archives" not in path
    }
