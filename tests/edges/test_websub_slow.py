"""The callback with hubs that begin to push and do not end: nobody else waits for them."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from socket import create_connection, socket

import httpx
import pytest

from relay.core.pushing.subscription import State, Subscription
from relay.storage import pushes, subscriptions
from relay.web.websub import PATIENCE
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.fakes.hub import signature

ACTIVE = Subscription(
    "T0ken_-",
    "anct",
    "https://hub.exemple/",
    "https://anct.exemple.fr/rss.xml",
    "the secret",
    State.ACTIVE,
    NOON,
    leased_at=NOON,
    lease_until=NOON + timedelta(days=1),
)
CALLBACK = "/websub/T0ken_-"
BODY = "<rss>é</rss>".encode()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom to which a hub pushes."""
    with open_newsroom(tmp_path) as newsroom:
        with newsroom.office.db.write() as tx:
            subscriptions.put(tx, ACTIVE)
        yield newsroom


def kept(room: Newsroom) -> list[bytes]:
    with room.office.db.read() as tx:
        return [push.body for id in pushes.waiting(tx) if (push := pushes.get(tx, id))]


def begun(room: Newsroom) -> socket:
    """A push of which one byte has come, and no more will."""
    address = httpx.URL(room.url)
    connection = create_connection((address.host, address.port or 80), timeout=10)
    head = f"POST {CALLBACK} HTTP/1.1\r\nHost: {address.host}\r\nContent-Length: 60000\r\n\r\n<"
    connection.sendall(head.encode())
    return connection


def test_pushes_that_never_end_hold_up_no_other_page(room: Newsroom) -> None:
    """There are 40 threads for the pages; whoever sends a byte and waits must have none of them."""
    sign = {"x-hub-signature": signature("the secret", BODY)}
    with ExitStack() as stack:
        for _ in range(45):
            stack.enter_context(begun(room))
        hub = stack.enter_context(httpx.Client(base_url=room.url, trust_env=False, timeout=PATIENCE / 2))
        answers = [hub.get("/health"), hub.post(CALLBACK, content=BODY, headers=sign)]

    assert [answer.status_code for answer in answers] in ([200, 202], [503, 202])
    assert kept(room) == [BODY]


def test_a_push_that_does_not_come_to_its_end_is_given_up(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relay.web.websub.PATIENCE", 0.1)
    with begun(room) as late:
        told = late.recv(100)

    assert told.startswith(b"HTTP/1.1 408")
    assert kept(room) == []
