"""Which networks there are, the clock, and the way to a service; what that is built of is loaded when it is needed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from relay.config.configuration import Configuration, NetworkKeys
from relay.core.catalogue import Catalogue

if TYPE_CHECKING:  # the names alone: see build
    from relay.intake.wire.pace import Turns
    from relay.networks.network import Network
    from relay.pipeline.desk import Desk
    from relay.service import Clock, Relay


@cache
def _network(name: str) -> "Network":
    """Most are in no configuration: one is loaded by whoever looks it up."""
    return cast("Network", import_module(f"relay.networks.{name}.network"))


NAMES = (
    "apprise",
    "bluesky",
    "discord",
    "email",
    "facebook",
    "linkedin",
    "mastodon",
    "matrix",
    "micropub",
    "nostr",
    "sandbox",
    "slack",
    "telegram",
    "threads",
    "webhook",
    "wordpress",
    "x",
)
NETWORKS: Mapping[str, "Network"] = Catalogue(NAMES, _network)


def clock() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  # this is the one place that asks


def network_keys() -> Mapping[str, NetworkKeys]:
    """The settings of every network, for whoever reads a configuration."""
    return Catalogue(NAMES, _keys)


def _keys(name: str) -> NetworkKeys:
    keys = NETWORKS[name].SETTINGS
    return NetworkKeys(keys.required, keys.optional, keys.secret, keys.optional_secret)


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
