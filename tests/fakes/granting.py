"""A Mastodon that registers apps and grants access to them: its API is for whoever has a token that holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.fakes.mastodon import TOKEN, Mastodon
from tests.fakes.oauth import Authority, Client
from tests.fakes.wire import Call, Reply, Wire, listening

SECRET = "secret-not-a-real-one"


@contextmanager
def granting(authority: Authority, server: Mastodon) -> Iterator[Wire]:
    """On a port of loopback; faults befall its token endpoint."""

    def registered(call: Call) -> Reply:
        own = f"client-{next(authority.numbers)}"
        authority.clients[own] = Client(SECRET, (dict(parse_qsl(call.body.decode()))["redirect_uris"],))
        return authority.reply(200, {"client_id": own, "client_secret": SECRET})

    def said_yes(call: Call) -> Reply:
        """Whoever comes is signed in there, and says yes."""
        back = dict(parse_qsl(urlsplit(call.path).query))["redirect_uri"]
        return Reply(302, b"", {"location": f"{back}?{urlencode(authority.allow(call.path))}"})

    def answer(call: Call) -> Reply:
        match call.path.partition("?")[0]:
            case "/api/v1/apps":
                return registered(call)
            case "/oauth/authorize":
                return said_yes(call)
            case "/oauth/token":
                return authority.token(call)
        if not authority.holds(call.headers.get("authorization", "").removeprefix("Bearer ")):
            return authority.reply(401, {"error": "The access token is invalid"})
        return server.answer(replace(call, headers={**call.headers, "authorization": f"Bearer {TOKEN}"}))

    with listening(Wire(answer, publishes="/oauth/token")) as wire:
        yield wire
