"""Messages to rooms, and posts, of every network that speaks HTTP: an account inside is not connected to unless allowed."""

from datetime import UTC, datetime

import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import posting_client
from relay.wiring import NETWORKS
from tests.ssrf.holes import Blind
from tests.ssrf.outside import World, standing

INSIDE = "10.0.0.1"
KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 7)
AT = f"https://{INSIDE}"
SETTINGS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "bluesky": ({"handle": "blog.exemple.fr", "service": AT}, {"password": "x"}),
    "discord": ({}, {"webhook": f"{AT}/api/webhooks/1/x"}),
    "facebook": ({"page": "1", "server": AT}, {"token": "x"}),
    "linkedin": ({"page": "urn:li:organization:1", "server": AT}, {"token": "x"}),
    "mastodon": ({"instance": AT}, {"token": "x"}),
    "matrix": ({"server": AT, "room": f"!a:{INSIDE}"}, {"token": "x"}),
    "micropub": ({"endpoint": f"{AT}/micropub"}, {"token": "x"}),
    "nostr": ({"relays": f"wss://{INSIDE}"}, {"key": "1" * 64}),
    "sandbox": ({"server": AT, "imitates": "mastodon"}, {}),
    "slack": ({}, {"webhook": f"{AT}/services/x"}),
    "telegram": ({"chat": "@salon", "server": AT}, {"token": "1:x"}),
    "threads": ({"server": AT}, {"token": "x"}),
    "webhook": ({"endpoint": f"{AT}/hook"}, {"secret": "whsec_" + "QUJD" * 8}),
    "wordpress": ({"site": AT, "user": "relay"}, {"password": "x"}),
    "x": ({"server": AT}, {"token": "x"}),
}
"""Accounts whose server stands inside."""
NOT_HTTP = {"email": "tests/ssrf/test_mail.py", "apprise": "the library opens its own connections"}


def told(world: World, guard: object, network: str) -> None:
    """A message, as rooms are told one."""
    options, secrets = SETTINGS[network]
    account = Account("salon", network, options, {name: Secret(text) for name, text in secrets.items()})
    with posting_client(guard, None, 5.0) as http:  # type: ignore[arg-type]  # some have a hole
        request = NETWORKS[network].prepare(http, account, Draft("Un bilan", "fr", "https://blog.exemple.fr/1"), KEYS)
        if isinstance(request, Request):
            NETWORKS[network].publish(http, account, request)


def test_every_network_is_here() -> None:
    assert SETTINGS.keys() | NOT_HTTP.keys() == NETWORKS.keys()


@pytest.mark.parametrize("network", SETTINGS)
def test_nothing_is_connected_to_inside(network: str) -> None:
    with standing() as world:
        told(world, Guard(resolve=world.resolve), network)
        assert world.connects == []


@pytest.mark.parametrize("network", SETTINGS)
def test_what_the_operator_allows_is(network: str) -> None:
    with standing() as world:
        told(world, Guard((INSIDE,), world.resolve), network)
        assert {*world.connects} == {INSIDE}


@pytest.mark.parametrize("network", SETTINGS)
def test_one_without_a_guard_would_be_caught(network: str) -> None:
    with standing() as world:
        told(world, Blind(world.resolve), network)
        assert world.escapes
