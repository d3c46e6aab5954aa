"""Nostr's far ends: one relay, as an account of several sees each of them; a faithful one, and a real one."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from websockets.sync.client import connect

from relay.core.account import Account, Secret
from relay.networks.nostr import network as nostr
from relay.networks.nostr.signing import public_key
from tests.edges.far_end import FarEnd
from tests.fakes import nostr as nostr_fake
from tests.fakes.wire import Call, Reply


@pytest.fixture
def nostr_server() -> nostr_fake.NostrRelay:
    return nostr_fake.NostrRelay()


@pytest.fixture
def nostr_relay(nostr_server: nostr_fake.NostrRelay) -> Iterator[FarEnd]:
    with nostr_fake.relaying(nostr_server) as wire:
        account = Account("nostr", "nostr", {"relays": wire.url}, {"key": Secret(nostr_fake.KEY)})
        yield FarEnd(nostr, account, wire, nostr_server.texts, server="relays", secret="key")


@pytest.fixture
def nostr_real(nostr_relay_url: str) -> Iterator[FarEnd]:
    """A new author on a real relay, before which stands one that can break."""
    real, key = RealRelay(nostr_relay_url), secrets.token_bytes(32)
    author = (public_key(key) or b"").hex()
    with nostr_fake.relaying(nostr_fake.NostrRelay(behind=real.answer)) as wire:
        account = Account("nostr", "nostr", {"relays": wire.url}, {"key": Secret(key.hex())})
        yield FarEnd(nostr, account, wire, lambda: real.texts(author), server="relays", secret="key")


@dataclass(frozen=True, slots=True)
class RealRelay:
    """Another program's relay; every message has a connection of its own."""

    url: str

    def answer(self, call: Call) -> Reply:
        """What it says to one message."""
        return Reply(200, "\n".join(json.dumps(one) for one in self._said(call.body.decode())).encode())

    def texts(self, author: str) -> list[str]:
        """What its readers see of an author."""
        said = self._said(json.dumps(["REQ", "texts", {"authors": [author], "kinds": [1]}]))
        return [one[2]["content"] for one in said if one[0] == "EVENT"]

    def _said(self, message: str) -> list[list[Any]]:
        found: list[list[Any]] = []
        with connect(self.url, compression=None, close_timeout=1) as connection:
            connection.send(message)
            while not found or found[-1][0] == "EVENT":
                found.append(json.loads(connection.recv(10)))
        return found
