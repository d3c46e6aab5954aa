"""A world whose source has a hub that pushes, and what such a hub does."""

from collections.abc import Sequence
from datetime import timedelta

import httpx

from relay.core.polling.pollstate import PollState
from relay.core.pushing.subscription import State, Subscription
from relay.pipeline.pushing.push import Arrival, Received, receive, take
from relay.pipeline.reading.reader import Reader
from relay.storage import pushes, sources, subscriptions
from tests.fakes.hub import signature
from tests.pipeline.world import NOON, World

DAY = timedelta(days=1)
ACTIVE = Subscription(
    "token",
    "cget",
    "https://hub.example/",
    "https://agence.example/rss",
    "secret",
    State.ACTIVE,
    NOON - DAY,
    leased_at=NOON - DAY,
    lease_until=NOON + 9 * DAY,
)


def push(world: World, body: bytes | None = None) -> Arrival:
    body = world.agency.feed() if body is None else body
    return take(world.db, "token", signature("secret", body), ("application/rss+xml", body), world.now)


def received(world: World) -> list[Received]:
    with httpx.Client(transport=httpx.MockTransport(world.agency.answer)) as http:
        return receive(world.db, Reader.over(http), world.desk, world.now)


def publish_at_the_agency(world: World, *titles: str) -> None:
    world.agency.titles[:0] = titles
    world.agency.etag = f'"{len(world.agency.titles)}"'


def state(world: World) -> PollState:
    with world.db.read() as tx:
        return sources.state(tx, "cget")


def subscription(world: World) -> Subscription:
    with world.db.read() as tx:
        found = subscriptions.of(tx, "cget")
    assert found
    return found


def waiting(world: World) -> Sequence[int]:
    with world.db.read() as tx:
        return pushes.waiting(tx)


def put(world: World, subscription: Subscription) -> None:
    with world.db.write() as tx:
        subscriptions.put(tx, subscription)
