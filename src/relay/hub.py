"""The steps of relay's own hub, with what they need."""

import secrets

from relay.pipeline.hub import announcing, distributing, verifying
from relay.pipeline.hub.announcing import Pinged
from relay.pipeline.hub.courier import Told
from relay.pipeline.hub.verifying import Verified
from relay.service import Relay


def verify(relay: Relay) -> list[Verified]:
    """Ask callbacks whether they mean what was asked of relay's own hub in their name."""
    return verifying.verify(relay.db, relay.desk, relay.courier, lambda: secrets.token_urlsafe(32), relay.clock())


def distribute(relay: Relay) -> list[Told]:
    """Post what is new to the subscribers of relay's own hub."""
    feeds = relay.configuration.service.feeds
    return distributing.distribute(relay.db, relay.desk, relay.courier, feeds, relay.clock())


def announce(relay: Relay) -> list[Pinged]:
    """Tell the other hubs that feeds name of what is new."""
    return announcing.announce(relay.db, relay.desk, relay.courier, relay.clock())
