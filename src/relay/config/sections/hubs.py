"""``hub`` of ``[feeds.…]``: the WebSub hubs that a feed names."""

from dataclasses import replace
from functools import partial

from relay.config.table import Fault, Table, unknown
from relay.config.values import url
from relay.core.feed import OutgoingFeed
from relay.core.pushing.subscribing import can_reach

OWN, NONE = "own", "none"


def with_hubs(feed: OutgoingFeed, table: Table, public_url: str) -> OutgoingFeed:
    """The feed with its hubs. Unless the file says otherwise it is relay's own, if the feed's readers can reach it."""
    own = f"{public_url}/hub"
    if table.values.get("hub") == NONE:
        return feed
    default = (own,) if can_reach(feed.link, public_url) else ()
    return replace(feed, hubs=tuple(dict.fromkeys(table.some("hub", partial(_hub, own), default))))


def _hub(own: str, value: str) -> str | Fault:
    """One of the list; ``none`` beside others says nothing."""
    if value == OWN:
        return own
    return url(value) if "://" in value else unknown(value, (OWN, NONE, "https://…"), "R014")
