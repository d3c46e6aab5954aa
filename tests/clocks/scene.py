"""A whole relay under a clock that is set: its loops, as the daemon ticks them, over hours that really go by."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx

from relay.building import FORMATS
from relay.config.configuration import Configuration, Service
from relay.core.account import Account, Pace
from relay.core.crosspost import Crosspost, Keys, State
from relay.core.route import Schedule
from relay.core.source import Backlog, Source
from relay.pipeline import review
from relay.pipeline.desk import Desk
from relay.pipeline.hub.courier import courier
from relay.pipeline.reading.reader import Reader
from relay.service import Relay
from relay.storage import crossposts
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from tests.clocks.publishers import Publishers
from tests.clocks.wall import Board, Wall
from tests.pipeline import world
from tests.pipeline.world import CAMILLE


@dataclass
class Scene:
    """Its clock, its far ends, and the steps of the daemon."""

    wall: Wall
    relay: Relay
    board: Board
    publishers: Publishers

    @property
    def db(self) -> Database:
        """Where all of it is."""
        return self.relay.db

    def tick(self) -> None:
        """Each loop once."""
        self.relay.poll()
        self.relay.deliver()

    def pass_(self, span: timedelta, step: timedelta) -> None:
        """So much time really goes by."""
        end = self.wall.real + span
        while self.wall.real < end:
            self.wall.real += step
            self.tick()

    def to(self, account: str, nth: int = 0) -> Crosspost:
        """A cross-post for an account as it stands, the oldest of them unless another is meant."""
        with self.db.read() as tx:
            every = crossposts.by_state(tx, tuple(State))
        return [one for one in every if one.account == account][nth]

    def approve(self, account: str, nth: int = 0) -> Crosspost:
        """The last yes."""
        one = self.to(account, nth)
        keys = Keys(self.wall.now(), one.id)
        return review.approve(self.db, self.relay.desk, one.id, (CAMILLE, "test"), one.revision, keys)

    def shape(self, account: str, nth: int = 0, **values: object) -> Crosspost:
        """It stands like this."""
        old = self.to(account, nth)
        new = replace(old, **values)  # type: ignore[arg-type]  # by name
        with self.db.write() as tx:
            assert crossposts.replace(tx, old, new)
        return new


@contextmanager
def staged(
    folder: Path, paces: dict[str, Pace], schedules: dict[str, Schedule], wall: Wall | None = None
) -> Iterator[Scene]:
    """An empty one with these accounts; those that ``schedules`` names have a schedule."""
    wall = wall or Wall()
    board, publishers = Board(wall), Publishers(wall)
    db = open_database(str(folder / "relay.db"))
    migrate(db)
    with ExitStack() as stack:
        reading, posting = (
            stack.enter_context(httpx.Client(transport=httpx.MockTransport(answer)))
            for answer in (publishers.answer, board.answer)
        )
        hub = stack.enter_context(courier(posting, posting, posting))
        configuration = Configuration(1, "UTC", "en", Service(feeds=folder / "feeds"))
        desk = _desk(paces, schedules, publishers.sources())
        relay = Relay(configuration, desk, db, Reader.over(reading), posting, wall.now, FORMATS, hub)
        yield Scene(wall, relay, board, publishers)
    db.close()


def _desk(paces: dict[str, Pace], schedules: dict[str, Schedule], sources: dict[str, Source]) -> Desk:
    plain = world.desk()
    options = {"server": "https://sandbox.example", "imitates": "mastodon"}
    accounts = {id: Account(id, "sandbox", options, pace=pace) for id, pace in paces.items()}
    fresh = replace(sources["fresh"], backlog=Backlog("latest", 100))
    (route,) = plain.routes
    own = [
        replace(route, number=number, sources=("fresh",), accounts=(id,), schedule=schedules.get(id, Schedule()))
        for number, id in enumerate(accounts)
    ]
    feed = replace(plain.feeds[0], sources=tuple(sources))
    return replace(plain, sources={**sources, "fresh": fresh}, accounts=accounts, routes=tuple(own), feeds=(feed,))
