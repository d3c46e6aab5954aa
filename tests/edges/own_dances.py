"""Accounts on servers that people run themselves, to be connected: Mastodon, and a site that speaks IndieAuth."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from relay.core.account import Account
from relay.networks.mastodon import network as mastodon
from relay.networks.micropub import network as micropub
from tests.edges.dances import REDIRECT, Dance, mounted
from tests.fakes import micropub as micropub_fake
from tests.fakes.mastodon import TOKEN, Mastodon
from tests.fakes.oauth import Authority, Client
from tests.fakes.wire import Call, Reply, Wire, listening

RELAY = "http://127.0.0.1:8377/"
_DESCRIBED = "/.well-known/oauth-authorization-server"


@contextmanager
def of_mastodon(server: Mastodon) -> Iterator[Dance]:
    """Apps make themselves known here (``POST /api/v1/apps``)."""
    authority = Authority(first=TOKEN)

    def registered(call: Call) -> Reply:
        form = dict(parse_qsl(call.body.decode()))
        assert form["client_name"] == "relay"
        own, secret = f"client-{next(authority.numbers)}", f"secret-not-a-real-one-{next(authority.numbers)}"
        authority.clients[own] = Client(secret, (form["redirect_uris"],))
        return authority.reply(200, {"id": "1", "client_id": own, "client_secret": secret, "scopes": ["profile"]})

    def described(_: Call) -> Reply:
        told = {"issuer": "-", "code_challenge_methods_supported": ["S256"]}
        return authority.reply(200, told) if authority.has_pkce else Reply(404, b"")

    routes = {"/api/v1/apps": registered, "/oauth/token": authority.token, _DESCRIBED: described}
    with listening(Wire(mounted(routes, server.answer), publishes="/oauth/token")) as wire:
        yield Dance(mastodon, Account("toots", "mastodon", {"instance": wire.url}), wire, authority)


@dataclass(slots=True)
class Front:
    """The site's own page, and what its server says of itself."""

    html: bytes = b'<link rel="indieauth-metadata" href="/.well-known/oauth-authorization-server">'
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    metadata: dict[str, object] = field(default_factory=dict)


@contextmanager
def of_micropub(site: micropub_fake.Site, front: Front) -> Iterator[Dance]:
    """Apps are known by their address here, and have no secret."""
    authority = Authority(first=micropub_fake.TOKEN, clients={RELAY: Client("", (REDIRECT,))})

    def page(_: Call) -> Reply:
        return Reply(front.status, front.html, {"content-type": "text/html", **front.headers})

    def described(_: Call) -> Reply:
        return authority.reply(200, front.metadata)

    routes = {"/": page, _DESCRIBED: described, "/token": authority.token}
    with listening(Wire(mounted(routes, site.answer), publishes="/token")) as wire:
        front.metadata = {"issuer": f"{wire.url}/", "code_challenge_methods_supported": ["S256"]}
        front.metadata |= {"authorization_endpoint": f"{wire.url}/auth", "token_endpoint": f"{wire.url}/token"}
        authority.extra = {"me": f"{wire.url}/"}
        yield Dance(micropub, Account("notes", "micropub", {"endpoint": f"{wire.url}/micropub"}), wire, authority)
