"""Which networks there are, the clock, and the way to a service; what that is built of is loaded when it is needed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from relay.config.configuration import Configuration, NetworkKeys
from relay.networks.apprise import network as apprise
from relay.networks.bluesky import network as bluesky
from relay.networks.discord import network as discord
from relay.networks.email import network as email
from relay.networks.facebook import network as facebook
from relay.networks.linkedin import network as linkedin
from relay.networks.mastodon import network as mastodon
from relay.networks.matrix import network as matrix
from relay.networks.micropub import network as micropub
from relay.networks.network import Network
from relay.networks.nostr import network as nostr
from relay.networks.sandbox import network as sandbox
from relay.networks.slack import network as slack
from relay.networks.telegram import network as telegram
from relay.networks.threads import network as threads
from relay.networks.webhook import network as webhook
from relay.networks.wordpress import network as wordpress
from relay.networks.x import network as x

if TYPE_CHECKING:  # the names alone: see build
    from relay.intake.wire.pace import Turns
    from relay.pipeline.desk import Desk
    from relay.service import Clock, Relay

NETWORKS: Mapping[str, Network] = {
    "apprise": apprise,
    "bluesky": bluesky,
    "discord": discord,
    "email": email,
    "facebook": facebook,
    "linkedin": linkedin,
    "mastodon": mastodon,
    "matrix": matrix,
    "micropub": micropub,
    "nostr": nostr,
    "sandbox": sandbox,
    "slack": slack,
    "telegram": telegram,
    "threads": threads,
    "webhook": webhook,
    "wordpress": wordpress,
    "x": x,
}


def clock() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  # this is the one place that asks


def network_keys() -> dict[str, NetworkKeys]:
    """The settings of every network, for whoever reads a configuration."""
    return {
        name: NetworkKeys(keys.required, keys.optional, keys.secret, keys.optional_secret)
        for name, keys in ((name, network.SETTINGS) for name, network in NETWORKS.items())
    }


@contextmanager
def build(configuration: Configuration, clock: "Clock" = clock, turns: "Turns | None" = None) -> Iterator["Relay"]:
    """A service for ``configuration``, its database brought to this version's schema; closed at the end.

    ``turns`` is the pace at which sources are asked, where it is not the usual one.
    """
    from relay.building import building  # noqa: PLC0415  # a command that needs no service loads none of its parts

    with building(desk(configuration), configuration, clock, turns) as relay:
        yield relay


def desk(configuration: Configuration) -> "Desk":
    """The operator's wishes as the steps read them."""
    from relay import building  # noqa: PLC0415  # as above

    return building.desk(configuration, NETWORKS)


def at(relay: "Relay", moment: datetime) -> "Relay":
    """The same service as if it were ``moment``."""
    return replace(relay, clock=lambda: moment)
