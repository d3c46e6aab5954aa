"""Every rule is tried in a world of its own; which reader stands in it is ``POLLING_READER``, relay unless said."""

import importlib
import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.feed_server import FeedServer, answer, listening
from tests.polling.certificate import believed, server_context
from tests.polling.reader import Reader
from tests.polling.world import World

OPEN = "127.0.0.1"
CLOSED = "127.0.0.2"
READERS = {"relay": "tests.polling.relay_reader", "reader": "tests.polling.peer_reader"}

look_up = socket.getaddrinfo


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Where names lead: to ``OPEN``, but for those in here, each time to the next address and to the last for ever."""
    elsewhere: dict[str, list[str]] = {"interne.test": [CLOSED]}

    def resolve(host: str | bytes, *rest: Any, **options: Any) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else host
        if _is_address(name):
            return look_up(name, *rest, **options)
        leads = elsewhere.get(name, [OPEN])
        return look_up(leads.pop(0) if len(leads) > 1 else leads[0], *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return elsewhere


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The publishers' certificate is one that readers believe."""
    believed(tmp_path, monkeypatch)


@pytest.fixture
def pace(request: pytest.FixtureRequest) -> dict[str, float]:
    """Nobody waits for real, but where the test is about seconds (``indirect``)."""
    wanted: dict[str, float] = getattr(request, "param", {})
    return {"gap": 0.0, "per_second": 1e6, **wanted}


@pytest.fixture
def secret() -> Iterator[FeedServer]:
    """A server at an address that no reader may reach; ``interne.test`` is its name."""
    with listening(answer(200, b"<rss/>"), host=CLOSED) as server:
        yield server


@pytest.fixture
def world(
    names: dict[str, list[str]],
    trusted: None,
    pace: dict[str, float],
    tmp_path: Path,
) -> Iterator[World]:
    """A reader that follows nothing yet."""
    with listening(answer(404), tls=server_context(tmp_path)) as server:
        reader = _reader(tmp_path, pace)
        try:
            yield World(reader, server)
        finally:
            reader.close()


def _reader(folder: Path, pace: dict[str, float]) -> Reader:
    module = importlib.import_module(READERS[os.environ.get("POLLING_READER", "relay")])
    made: Reader = module.reader(folder, **pace)
    return made


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
