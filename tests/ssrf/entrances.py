"""By which doors an address of somebody else's comes to relay: each a call of relay's own with that address."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx

from relay.core.document import ParsedEntry
from relay.core.hub.subscriber import Content, Errand, Subscriber
from relay.core.pushing.subscription import State, Subscription
from relay.core.source import Validators
from relay.intake import fulltext, hub, identity, websub
from relay.intake.fetch import fetch
from relay.intake.finding.seek import seek
from relay.intake.pictures import fetch as pictures
from relay.intake.pictures.look import look
from relay.intake.wire.over_httpx import OverHttpx
from relay.intake.wire.page import get_page
from relay.intake.wire.robots import Robots
from relay.networks.micropub.discovery import discovered
from relay.networks.nostr.websocket import conversation
from relay.networks.wire.answers import ask
from relay.networks.wire.standard import told_now
from relay.web.signing import vouching
from tests.ssrf.outside import many_of, way_of

NOW = datetime(2026, 11, 28, tzinfo=UTC)
Door = Callable[[httpx.Client, str], object]


def _of_many(http: httpx.Client, url: str) -> object:
    with many_of(http) as way:
        return fetch(way, url, "source", Validators())


def _subscribed(http: httpx.Client, url: str) -> object:
    wish = Subscription("token", "source", url, "https://public.test/feed", "secret", State.ASKED, NOW)
    return websub.ask(http, "subscribe", wish, "https://relay.test/websub/token")


def _verified(http: httpx.Client, url: str) -> object:
    errand = Errand(1, "subscribe", "https://relay.test/feed", url, "secret", timedelta(days=1), NOW)
    return hub.ask(http, errand, "challenge")


def _distributed(http: httpx.Client, url: str) -> object:
    topic = cast("Any", "feed")
    subscriber = Subscriber(1, topic, "https://relay.test/feed", url, "secret", NOW + timedelta(days=1))
    return hub.deliver(
        http, "https://relay.test/hub", subscriber, Content(topic, "1", "application/atom+xml", b"<feed/>")
    )


def _handle(http: httpx.Client, url: str) -> object:
    if not url.startswith(("http://", "https://")):
        return None  # a handle has no scheme
    return [identity.ask(http, "mastodon", f"@a@{_host(url)}"), identity.ask(http, "bluesky", f"@{_host(url)}", [url])]


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


DOORS: Mapping[str, Door] = {
    "source": lambda http, url: fetch(way_of(http), url, "source", Validators()),
    "source, of many": _of_many,
    "source, over httpx": lambda http, url: fetch(OverHttpx(http), url, "source", Validators()),
    "archive, relay add, Link": get_page,
    "discovery": seek,
    "robots.txt": lambda http, url: Robots(http).refusal(url),
    "picture": lambda http, url: pictures.fetch(http, Robots(http), url),
    "og:image": lambda http, url: look(http, Robots(http), url),
    "article": lambda http, url: fulltext.complete(http, Robots(http), ParsedEntry("1", url, "title")),
    "hub of a feed": _subscribed,
    "callback, verified": _verified,
    "callback, told": _distributed,
    "another hub": lambda http, url: hub.ping(http, url, "https://relay.test/feed"),
    "handle": _handle,
    "resolver of handles": lambda http, url: identity._resolved(http, "exemple.fr", url),
    "API, webhook, instance, PDS": lambda http, url: ask(http, "POST", url, json={}),
    "Micropub": lambda http, url: discovered(http, url.replace("http://", "https://")),
    "relay of Nostr": lambda http, url: conversation(http, url, lambda _socket: told_now()),
    "identity provider": lambda http, url: vouching._json(http, "GET", url),
}
