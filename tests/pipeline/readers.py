"""Relay's own hub with a feed on disk, and real HTTP to its subscribers: what tests of the hub begin with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from relay.core.hub.subscriber import Subscriber
from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import asking_client, posting_client, telling_client
from relay.pipeline.desk import Desk
from relay.pipeline.hub import distributing
from relay.pipeline.hub.announcing import Pinged, announce
from relay.pipeline.hub.asking import Answer, ask
from relay.pipeline.hub.courier import Courier, Told, courier
from relay.pipeline.hub.distributing import distribute
from relay.pipeline.hub.verifying import Verified, verify
from relay.publish.format import Document
from relay.publish.write import write
from relay.storage import subscribers
from relay.storage.database import Database
from tests.pipeline.world import NOON, desk

PUBLIC = "https://relay.example"
HUB = f"{PUBLIC}/hub"
TOPIC = "https://blog.example/atom.xml"
LOOPBACK = ("127.0.0.0/8",)


@dataclass
class Readers:
    """The hub's steps, each callable alone, at whatever time the test says it is."""

    db: Database
    folder: Path
    desk: Desk
    courier: Courier
    now: datetime = NOON
    numbers: Iterator[int] = field(default_factory=count)

    def ask(self, callback: str, mode: str = "subscribe", topic: str = TOPIC, **more: str) -> Answer:
        form = {"hub.mode": mode, "hub.topic": topic, "hub.callback": callback}
        return ask(self.db, self.desk, form | {f"hub.{name}": text for name, text in more.items()}, self.now)

    def verify(self) -> list[Verified]:
        return verify(self.db, self.desk, self.courier, lambda: f"challenge-{next(self.numbers)}", self.now)

    def subscribe(self, callback: str, topic: str = TOPIC, **more: str) -> None:
        assert self.ask(callback, topic=topic, **more).status == 202
        self.verify()
        assert self.subscriber(callback, topic)

    def publish(self, body: bytes, path: str = "atom.xml") -> None:
        write(self.folder / "blog", [Document(path, "", body)])

    def distribute(self) -> list[Told]:
        return distribute(self.db, self.desk, self.courier, self.folder, self.now)

    def announce(self) -> list[Pinged]:
        return announce(self.db, self.desk, self.courier, self.now)

    def subscriber(self, callback: str, topic: str = TOPIC) -> Subscriber | None:
        with self.db.read() as tx:
            return subscribers.get(tx, callback, topic)

    def standing(self, callback: str) -> Subscriber:
        found = self.subscriber(callback)
        assert found
        return found

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)


QUIET, HANGING = 0.8, 3.0
"""Seconds after which who has not answered is not waited for, and is given up: a busy machine may need some of them."""


@contextmanager
def readers_of(db: Database, folder: Path, *hubs: str, callbacks: tuple[str, ...] = LOOPBACK) -> Iterator[Readers]:
    """A feed that names ``hubs``, or relay's own; nothing is published yet. Who hangs does so for ``HANGING``."""
    wishes = desk()
    feeds = tuple(replace(feed, hubs=hubs or (HUB,)) for feed in wishes.feeds)
    strangers = Guard(callbacks, setting="service.callbacks")
    with (
        pytest.MonkeyPatch.context() as patch,
        telling_client(strangers, None, deadline=HANGING) as telling,
        asking_client(strangers, None, deadline=HANGING, gap=0) as asking,
        posting_client(Guard(LOOPBACK), None, deadline=HANGING) as pinging,
        courier(telling, asking, pinging) as hands,
    ):
        patch.setattr(distributing, "QUIET", QUIET)
        yield Readers(db, folder, replace(wishes, feeds=feeds, public_url=PUBLIC), hands)
