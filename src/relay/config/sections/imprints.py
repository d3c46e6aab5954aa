"""Who publishes a feed, and on what terms: ``author`` to ``fediverse`` of ``[feeds.…]``."""

import re

from relay.config.table import Fault, Table
from relay.config.values import text, url
from relay.core.feed import Imprint

KEYS = ("author", "rights", "license", "icon", "logo", "fediverse")

_ACCOUNT = re.compile(
    r"@?[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]{1,5})?"
)


def imprint(feed: Table, scheme: str | None) -> Imprint:
    """What the file says of it; ``scheme`` is where the categories of the feed are listed, if they are."""
    return Imprint(
        author=feed.maybe("author", text),
        rights=feed.maybe("rights", text),
        license=feed.maybe("license", url),
        icon=feed.maybe("icon", url),
        logo=feed.maybe("logo", url),
        fediverse=feed.maybe("fediverse", account),
        scheme=scheme,
    )


def account(value: str) -> str | Fault:
    """An account of the fediverse with its server, which begins with "@" whether it was written or not."""
    return f"@{value.removeprefix('@')}" if _ACCOUNT.fullmatch(value) else Fault("R130", {"value": value})
