"""How it stands with the hubs of a feed, for a person."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from sqlalchemy import Connection

from relay.core.feed import OutgoingFeed
from relay.core.hub.subscriber import Progress
from relay.pipeline.desk import Desk
from relay.pipeline.hub.served import own_hub, topics
from relay.storage import pings
from relay.storage.pings import Told


def standing(tx: Connection, desk: Desk, feed: OutgoingFeed) -> str:
    """In a line, what the hubs that the feed names know of it; empty where it names none."""
    known = pings.every(tx)
    return " ".join("Own hub." if hub == own_hub(desk) else _of(known, hub, feed) for hub in feed.hubs)


def _of(known: Mapping[Told, Progress], hub: str, feed: OutgoingFeed) -> str:
    name = urlsplit(hub).netloc
    told = list(_told(known, hub, feed))
    if trouble := next((one.note for one in told if one.note), ""):
        return f"{name} could not be told: {trouble}"
    last = max((one.at for one in told if one.at), default=None)
    return f"{name} was told on {last:%Y-%m-%d %H:%M} UTC." if last else f"{name} was told nothing yet."


def _told(known: Mapping[Told, Progress], hub: str, feed: OutgoingFeed) -> Iterator[Progress]:
    return (known[hub, topic] for topic in topics(feed) if (hub, topic) in known)
