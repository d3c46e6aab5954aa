"""The networks under test, each with its far end: a real server where one can be had, a faithful one otherwise."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import httpx
import pytest

from relay.core.crosspost import Account, Secret
from relay.demo import timelines
from relay.demo.board import Imitated, SandboxAccount
from relay.networks import bluesky, mastodon, sandbox
from relay.networks.network import Network
from tests.fakes.mastodon import TOKEN, Dialect, Mastodon
from tests.fakes.pds import Pds
from tests.fakes.wire import Call, Reply, Wire, closed_port, listening

LOCKED = ["mastodon_45", "mastodon_460", pytest.param("bluesky_pds", marks=pytest.mark.pds)]
FAR_ENDS = ["sandbox_mastodon", "sandbox_bluesky", *LOCKED]
"""The fixtures that give a ``FarEnd``: a network that is named here must pass ``test_networks``.

Those whose accounts have a secret are ``LOCKED``.
"""


@dataclass(frozen=True, slots=True)
class FarEnd:
    """A network, an account there, the wire to it, and the texts that its public sees.

    ``server`` and ``secret`` name the settings of the account that hold the server's address and the secret, if any.
    """

    network: Network
    account: Account
    wire: Wire
    published: Callable[[], list[str]]
    server: str
    secret: str = ""

    def elsewhere(self) -> Account:
        """The account on a server that cannot be reached."""
        return replace(self.account, options={**self.account.options, self.server: closed_port()})

    def locked_out(self) -> Account:
        """The account with a secret that the network does not know."""
        return replace(self.account, secrets={self.secret: Secret("not the one")})


@pytest.fixture(params=FAR_ENDS)
def far_end(request: pytest.FixtureRequest) -> FarEnd:
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture(params=LOCKED)
def locked_end(request: pytest.FixtureRequest) -> FarEnd:
    end: FarEnd = request.getfixturevalue(request.param)
    return end


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def mastodon_server() -> Mastodon:
    return Mastodon()


@pytest.fixture
def mastodon_45(mastodon_server: Mastodon) -> Iterator[FarEnd]:
    yield from _mastodon(mastodon_server, "4.5")


@pytest.fixture
def mastodon_460(mastodon_server: Mastodon) -> Iterator[FarEnd]:
    yield from _mastodon(mastodon_server, "4.6.0")


def _mastodon(server: Mastodon, dialect: Dialect) -> Iterator[FarEnd]:
    server.dialect = dialect
    with listening(Wire(server.answer, publishes="/api/v1/statuses")) as wire:
        account = Account("toots", "mastodon", {"instance": wire.url}, {"token": Secret(TOKEN)})
        yield FarEnd(
            mastodon,
            account,
            wire,
            lambda: [status.text for status in server.statuses],
            server="instance",
            secret="token",
        )


@pytest.fixture
def sandbox_mastodon() -> Iterator[FarEnd]:
    yield from _sandbox("mastodon")


@pytest.fixture
def sandbox_bluesky() -> Iterator[FarEnd]:
    yield from _sandbox("bluesky")


def _sandbox(imitates: Imitated) -> Iterator[FarEnd]:
    server = timelines.serve([SandboxAccount("essai", "Essai", "essai.example", imitates)])
    asked: set[str] = set()

    def hand_on(call: Call) -> Reply:
        asked.add(call.path)
        answer = client.request(call.method, server.url + call.path, content=call.body)
        return Reply(answer.status_code, answer.content)

    def published() -> list[str]:
        answers = [client.get(server.url + path) for path in sorted(asked)]
        return [answer.json()["text"] for answer in answers if answer.is_success]

    with httpx.Client(trust_env=False) as client, listening(Wire(hand_on, publishes="/posts/")) as wire:
        account = Account("essai", "sandbox", {"server": wire.url, "imitates": imitates})
        yield FarEnd(sandbox, account, wire, published, server="server")
    server.stop()


@pytest.fixture
def bluesky_pds(pds: Pds) -> Iterator[FarEnd]:
    member = pds.join()
    with listening(Wire(pds.answer, publishes="putRecord")) as wire:
        options = {"handle": member.handle, "service": wire.url}
        account = Account("sky", "bluesky", options, {"password": Secret(member.password)})
        yield FarEnd(
            bluesky,
            account,
            wire,
            lambda: [record["text"] for record in pds.records(member)],
            server="service",
            secret="password",
        )
