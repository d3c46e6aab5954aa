"""Relay's own hub on loopback, with a callback: what tests of the hub over HTTP begin with."""

import hmac
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx

from relay.core.hub.subscriber import Subscriber
from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import asking_client, telling_client
from relay.pipeline.hub.courier import Courier, courier
from relay.pipeline.hub.distributing import distribute
from relay.pipeline.hub.verifying import verify
from relay.publish.format import Document
from relay.publish.write import write
from relay.storage import shared, subscribers
from relay.web.office import Office
from tests.edges.newsroom import Clock, open_newsroom, served
from tests.fakes.subscriber import Callback, callback_listening
from tests.feeds import editions

HUB = "http://127.0.0.1/hub"
TOPIC = f"{editions.LINK}atom.xml"
SECRET = "only the two of us"
ONE, TWO = b"<feed>1</feed>", "<feed>été</feed>".encode()


@dataclass
class Hub:
    """Relay's own hub, a callback, and whoever asks the hub in the callback's name."""

    office: Office
    clock: Clock
    courier: Courier
    client: httpx.Client
    callback: Callback
    nudged: list[str] = field(default_factory=list)

    def ask(self, mode: str = "subscribe", **more: str) -> httpx.Response:
        form = {"mode": mode, "topic": TOPIC, "callback": self.callback.url + "/push?id=%C3%A9&a=b+c", **more}
        return self.client.post("/hub", data={f"hub.{name}": text for name, text in form.items()})

    def verify(self) -> None:
        verify(self.office.db, self.office.desk, self.courier, self.office.token, self.clock())

    def publish(self, body: bytes, path: str = "atom.xml") -> None:
        write(self.office.feeds / "blog", [Document(path, "", body)])
        distribute(self.office.db, self.office.desk, self.courier, self.office.feeds, self.clock())

    def subscribe(self, **more: str) -> None:
        assert self.ask(**more).status_code == 202
        self.verify()
        assert self.subscribers()

    def subscribers(self) -> list[Subscriber]:
        ring = shared.opening(self.office.desk.keyplace)
        with self.office.db.read() as tx:
            found = subscribers.of_others(tx, ())
        secrets = [shared.opened(ring, shared.of_subscriber(one.callback, one.address), one.secret) for one in found]
        return [replace(one, secret=secret) for one, secret in zip(found, secrets, strict=True)]


@contextmanager
def open_hub(folder: Path) -> Iterator[Hub]:
    """A feed whose document is published, and nobody who subscribes."""
    strangers = Guard(("127.0.0.1",))
    with ExitStack() as stack:
        room = stack.enter_context(open_newsroom(folder))
        feeds = tuple(replace(feed, hubs=(HUB,)) for feed in room.office.desk.feeds)
        nudged: list[str] = []
        office = replace(room.office, desk=replace(room.office.desk, feeds=feeds), asked=lambda: nudged.append("hub"))
        client = httpx.Client(base_url=stack.enter_context(served(office)), trust_env=False, timeout=10)
        telling = stack.enter_context(telling_client(strangers, None, deadline=2))
        asking_ = stack.enter_context(asking_client(strangers, None, deadline=2, gap=0))
        hands = stack.enter_context(courier(telling, asking_, telling))
        callback = stack.enter_context(callback_listening())
        found = Hub(office, room.clock, hands, stack.enter_context(client), callback, nudged)
        found.publish(ONE)
        yield found


def signature(secret: str, body: bytes) -> str:
    """The header that goes with ``body``."""
    return f"sha256={hmac.new(secret.encode(), body, 'sha256').hexdigest()}"
