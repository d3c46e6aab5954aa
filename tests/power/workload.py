"""Relay's own steps from a source to two networks, on a database whose every write is recorded."""

from contextlib import ExitStack
from pathlib import Path
from random import Random
from unittest.mock import patch

import httpx

from relay.core.crosspost import State
from relay.storage import crossposts, driver, journal
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from tests.pipeline.world import FarEnd, World, desk
from tests.power.dbapi import Module
from tests.power.plants import Plant
from tests.power.record import Left, Record

FILE = "relay.db"
NEW = 3
"""News at each turn."""
_RESTARTS = 5
"""After so many turns relay ends and begins again."""
_LOST, _REFUSED = 0.15, 0.1
"""Answers that never come, though it was done; requests that broke off before."""


def recorded(folder: Path, turns: int, chance: Random, plant: Plant) -> Record:
    """From an empty folder on."""
    record = Record()
    module = Module(record, plant.synchronous, lies=True)
    record.opened(FILE)  # as relay does, before SQLite opens it
    with ExitStack() as stack:
        stack.enter_context(patch.object(driver, "chosen", lambda: module))
        if not plant.journals:
            stack.enter_context(patch.object(journal, "begin_attempt", lambda *_: None))
        db = _started(folder)
        world = World(db, folder / "feeds", desk())
        world.network = _far_end(world, record, chance)
        for turn in range(turns):
            _turn(world, turn, chance)
            if turn % _RESTARTS == _RESTARTS - 1:
                world.db.close()
                world.db = _started(folder)
        world.db.close()
    return record


def _started(folder: Path) -> Database:
    db = open_database(str(folder / FILE))
    migrate(db)
    return db


def _turn(world: World, turn: int, chance: Random) -> None:
    world.agency.titles = [f"Dépêche {turn}.{number}" for number in range(NEW)] + world.agency.titles[: 2 * NEW]
    world.agency.etag = f'"{turn}"'
    world.poll()
    for crosspost in world.in_state(State.WAITING):
        if chance.random() < 0.8:
            world.approve(crosspost)
    for _ in range(2):
        world.pass_(minutes=2)
        world.deliver()
    if turn % 3 == 0:
        world.publish()


def _far_end(world: World, record: Record, chance: Random) -> FarEnd:
    """It notes which attempt each request was of, before anything is done about it."""

    def before(request: httpx.Request) -> None:
        own, path, does = _sending(world.db, request), request.url.path, chance.random() >= _REFUSED
        record.events.append(Left(*own, path, request.content, does))
        if not does:
            raise httpx.ReadTimeout("nothing came of it", request=request)

    def after(request: httpx.Request) -> None:
        if chance.random() < _LOST:
            raise httpx.ReadError("the answer is lost", request=request)

    return FarEnd(before=before, after=after)


def _sending(db: Database, request: httpx.Request) -> tuple[int, int]:
    """The cross-post and the attempt that a request is of; 0, which is none, where no row says so."""
    with db.read() as tx:
        sending = crossposts.by_state(tx, (State.SENDING,))
    own = [one for one in sending if one.request and request.url.path.endswith(one.request.key)]
    return (own[0].id, own[0].attempt) if own else (0, 0)
