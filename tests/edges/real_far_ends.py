"""Networks with a real server of their own at the far end."""

from collections.abc import Iterator

import pytest

from relay.core.account import Account, Secret
from relay.networks.matrix import network as matrix
from relay.networks.wordpress import network as wordpress
from tests.edges.far_end import FarEnd
from tests.fakes.wire import Wire, listening
from tests.real.front import before
from tests.real.synapse import Synapse
from tests.real.wordpress import WordPress


@pytest.fixture
def synapse_room(synapse_server: Synapse) -> Iterator[FarEnd]:
    """A new room of the real Synapse."""
    room = synapse_server.room()
    with listening(Wire(before(synapse_server.http, synapse_server.url), publishes="/send/")) as wire:
        account = Account("salon", "matrix", {"server": wire.url, "room": room.alias}, {"token": Secret(room.token)})
        yield FarEnd(matrix, account, wire, lambda: synapse_server.texts(room), server="server", secret="token")


@pytest.fixture
def wordpress_debian(wordpress_real: WordPress) -> Iterator[FarEnd]:
    """A new author of Debian's WordPress."""
    author = wordpress_real.join()
    with listening(Wire(before(wordpress_real.http, wordpress_real.url), publishes="/posts")) as wire:
        secrets = {"password": Secret(author.password)}
        account = Account("site", "wordpress", {"site": wire.url, "user": author.user}, secrets)
        yield FarEnd(wordpress, account, wire, wordpress_real.texts, server="site", secret="password")
        wire.settle()
