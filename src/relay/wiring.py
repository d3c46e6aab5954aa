"""The only file that knows all parts: which networks and formats there are, the clock, and how a service is built."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from relay.config.configuration import Configuration, NetworkKeys
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.intake.wire.robots import Robots
from relay.intake.wire.transport import asking_client, posting_client, reading_client, telling_client
from relay.networks.bluesky import network as bluesky
from relay.networks.discord import network as discord
from relay.networks.email import network as email
from relay.networks.facebook import network as facebook
from relay.networks.linkedin import network as linkedin
from relay.networks.mastodon import network as mastodon
from relay.networks.matrix import network as matrix
from relay.networks.micropub import network as micropub
from relay.networks.network import Network
from relay.networks.sandbox import network as sandbox
from relay.networks.slack import network as slack
from relay.networks.telegram import network as telegram
from relay.networks.threads import network as threads
from relay.networks.webhook import network as webhook
from relay.networks.wordpress import network as wordpress
from relay.networks.x import network as x
from relay.pipeline import queue
from relay.pipeline.desk import Desk
from relay.pipeline.hub.courier import courier
from relay.pipeline.hub.verifying import dismiss
from relay.pipeline.poll import readdress
from relay.pipeline.reading.reader import Reader
from relay.publish import archive, atom, jsonfeed, rss
from relay.publish.format import Format
from relay.service import Clock, Relay
from relay.storage.database import open_database
from relay.storage.schema import migrate

NETWORKS: Mapping[str, Network] = {
    "bluesky": bluesky,
    "discord": discord,
    "email": email,
    "facebook": facebook,
    "linkedin": linkedin,
    "mastodon": mastodon,
    "matrix": matrix,
    "micropub": micropub,
    "sandbox": sandbox,
    "slack": slack,
    "telegram": telegram,
    "threads": threads,
    "webhook": webhook,
    "wordpress": wordpress,
    "x": x,
}
FORMATS: Mapping[str, Format] = {"atom": atom, "rss": rss, "json": jsonfeed, "html": archive}


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
def build(configuration: Configuration, clock: Clock = clock, turns: Turns | None = None) -> Iterator[Relay]:
    """A service for ``configuration``, its database brought to this version's schema; closed at the end.

    ``turns`` is the pace at which sources are asked, where it is not the usual one.
    """
    settings = configuration.service
    guard, strangers = Guard(settings.allow), Guard(settings.callbacks, setting="service.callbacks")
    db = open_database(settings.database)
    migrate(db)
    contact = _contact(configuration)
    pace = turns or Turns()
    with (
        reading_client(guard, contact, turns=pace) as near,
        reading_client(Guard(), contact, turns=pace) as far,
        posting_client(guard, contact) as posting,
        telling_client(strangers, contact) as telling,
        asking_client(strangers, contact) as asking,
        courier(telling, asking, posting) as hub,
    ):
        reader = Reader(near, Robots(near), Reader.over(far) if settings.allow else None, guard.is_near)
        try:
            wishes = desk(configuration)
            with db.write() as tx:
                queue.reroute(tx, wishes)
                readdress(tx, wishes)
                dismiss(tx, wishes, clock())
            yield Relay(configuration, wishes, db, reader, posting, clock, FORMATS, hub)
        finally:
            db.close()


def desk(configuration: Configuration) -> Desk:
    """The operator's wishes as the steps read them."""
    return Desk(
        sources={source.id: source for source in configuration.sources},
        feeds=configuration.feeds,
        accounts={account.id: account for account in configuration.accounts},
        routes=configuration.routes,
        directory=configuration.directory,
        networks=NETWORKS,
        public_url=configuration.service.public_url,
        own_hosts=frozenset(name.lower() for name in configuration.service.allow if "/" not in name),
        tagging=configuration.tagging,
    )


def _contact(configuration: Configuration) -> str:
    """Where a publisher finds out who asks: the contact that is configured, or else the service's own address."""
    return configuration.service.contact or configuration.service.public_url


def at(relay: Relay, moment: datetime) -> Relay:
    """The same service as if it were ``moment``."""
    return replace(relay, clock=lambda: moment)
