"""Hosts that say to a relay that it asks too often, or that answer it well, without a server."""

from dataclasses import replace
from datetime import timedelta

from relay.core.document import Busy, Fetched, Hop
from relay.core.source import Source
from relay.pipeline.polling import telling_off, turns
from relay.pipeline.polling.record import Exchange
from relay.storage import pauses
from tests.pipeline.following import Following
from tests.pipeline.world import NOON

HOUR = timedelta(hours=1)


def configured(relay: Following, *urls: str) -> None:
    own = {f"s{number}": Source(f"s{number}", url, "Source : A") for number, url in enumerate(urls)}
    relay.desk = replace(relay.desk, sources=own)


def told(relay: Following, *hosts: str, wait: timedelta | None = HOUR) -> None:
    """Each of these hosts says that it is asked too often, whichever source was on its way to it."""
    source = next(iter(relay.desk.sources.values()))
    for host in hosts:
        exchange = Exchange(f"https://{host}/", Busy("429", host, wait), 0)
        with relay.db.write() as tx:
            telling_off.hear(tx, relay.desk, source, exchange, NOON + relay.now)


def answered(relay: Following, url: str, *hops: str) -> None:
    """The source asked at ``url`` is answered well, after these redirects."""
    source = next(iter(relay.desk.sources.values()))
    well = Fetched(hops[-1] if hops else url, b"<rss/>", hops=tuple(Hop(302, target) for target in hops))
    with relay.db.write() as tx:
        telling_off.hear(tx, relay.desk, source, Exchange(url, well, 0), NOON + relay.now)


def running(relay: Following) -> dict[str, timedelta]:
    """How long each pause lasts from now."""
    with relay.db.read() as tx:
        found = pauses.running(tx, NOON + relay.now)
    return {name: one.until - NOON - relay.now for name, one in found.items()}


def free(relay: Following) -> list[str]:
    """What would be asked now."""
    with relay.db.read() as tx:
        return sorted(one.url for one in turns.take(tx, relay.desk, None, NOON + relay.now).askings)
