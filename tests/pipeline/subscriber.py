"""A relay with one source on a real server, whose document names a real hub: what tests of subscriptions begin with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

import httpx

from relay.core.pushing.subscription import Intent, Subscription
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.poll import poll_due
from relay.pipeline.pushing import push
from relay.pipeline.pushing.subscribe import subscribe
from relay.pipeline.reading.reader import Reader
from relay.storage import subscriptions
from relay.storage.database import Database
from tests.fakes.feed_server import Headers, answer, listening
from tests.fakes.hub import Hub, hub_listening
from tests.pipeline.world import NOON

DAY = timedelta(days=1)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>{links}</feed>'
RSS = '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>A</title>{links}</channel></rss>'


@dataclass
class Subscriber:
    """A relay with one source, whose document is on a real server, and a real client to the world."""

    db: Database
    http: httpx.Client
    desk: Desk
    now: datetime = NOON
    numbers: Iterator[int] = field(default_factory=count)

    def follow(self, url: str, **wishes: object) -> None:
        source = Source("cget", url, "Source : CGET")
        self.desk = replace(self.desk, sources={"cget": replace(source, **wishes)})  # type: ignore[arg-type]  # the test names fields

    def poll(self) -> None:
        poll_due(self.db, Reader.over(self.http), self.desk, ["cget"], self.now)

    def subscribe(self) -> list[Subscription]:
        return subscribe(self.db, Reader.over(self.http), self.desk, lambda: f"text-{next(self.numbers)}", self.now)

    def verify(self, mode: str = "subscribe", lease: str = "864000") -> bool:
        found = self.subscription()
        assert found
        return push.confirm(self.db, found.token, Intent(mode, found.topic, lease), self.now)

    def subscription(self) -> Subscription | None:
        with self.db.read() as tx:
            return subscriptions.of(tx, "cget")

    def standing(self) -> Subscription:
        found = self.subscription()
        assert found
        return found


@contextmanager
def subscribed(subscriber: Subscriber) -> Iterator[Hub]:
    """A source whose document names a hub, polled, and the hub asked."""
    with hub_listening() as hub:
        with listening(document(ATOM, f"{hub.url}/hub", "https://agence.exemple/rss")) as site:
            subscriber.follow(f"{site.url}/feed")
            subscriber.poll()
        subscriber.subscribe()
        yield hub


def document(body: str, hub: str = "", topic: str = "", headers: Headers = ()) -> bytes:
    tag = "link" if body is ATOM else "atom:link"
    links = "".join(f'<{tag} rel="{rel}" href="{url}"/>' for rel, url in (("hub", hub), ("self", topic)) if url)
    return answer(body=body.format(links=links).encode(), headers=headers)


def link(hub: str, topic: str) -> Headers:
    return ((b"Link", f'<{hub}>; rel="hub"'.encode()), (b"Link", f"<{topic}>; rel=self".encode()))
