"""How a Mastodon account is connected: relay makes itself known to the server, and a person says yes there.

https://docs.joinmastodon.org/client/authorized and https://docs.joinmastodon.org/spec/oauth; GoToSocial, Pleroma and
snac do the same. Mastodon's tokens do not end; what other servers say of theirs is believed.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from relay.core.account import Account, Secret
from relay.core.grant import Grant
from relay.core.outcome import Refused
from relay.networks.connecting import Connecting, Failed, Visit
from relay.networks.wire.answers import address, ask, content
from relay.networks.wire.grants import Tokens, granting
from relay.networks.wire.masking import is_private
from relay.networks.wire.oauth import (
    OOB,
    VERIFIER,
    asking,
    challenge,
    code,
    granted,
    refreshed,
    shown,
    verifier,
    whose,
    with_query,
)
from relay.networks.wire.refusals import of_tokens

NAME = "Mastodon"
SCOPES = "write:statuses write:media read:statuses read:accounts"
_CLIENT = ("client_id", "client_secret", "client_at")
"""What relay is to a server; ``client_at`` is for which server and address to come back to."""


def begin(http: httpx.Client, account: Account, redirect: str, state: str) -> Visit | Failed:
    """Where the person goes. PKCE goes with it where the server knows it (Mastodon 4.3)."""
    server = address(account.options["instance"])
    if not is_private(server):
        return Refused("The server's address must begin with https://: the token must not travel unsecured.")
    client = _known(http, account, server, redirect) or _registered(http, server, redirect)
    if not isinstance(client, dict):
        return client
    kept = {VERIFIER: verifier()} if _has_pkce(http, server) else {}
    told = asking(client["client_id"].value, redirect, "" if redirect == OOB else state, SCOPES)
    proof = challenge(kept[VERIFIER]) if kept else {}
    return Visit(with_query(f"{server}/oauth/authorize", told | proof), client | kept)


def finish(
    http: httpx.Client, account: Account, visit: Visit, redirect: str, answered: Mapping[str, str]
) -> Grant | Failed:
    """The token for the code that the person came back with."""
    given = code(answered, NAME)
    if not isinstance(given, str):
        return given
    server = address(account.options["instance"])
    form = {"grant_type": "authorization_code", "code": given, "redirect_uri": redirect, "scope": SCOPES}
    proof = {"code_verifier": visit.kept[VERIFIER].value} if VERIFIER in visit.kept else {}
    told = granted(http, NAME, f"{server}/oauth/token", form | _client(visit.kept) | proof)
    if not isinstance(told, Tokens):
        return told
    client = {key: visit.kept[key] for key in _CLIENT}
    return granting(told, client, _owner(http, server, told.access))


def refresh(http: httpx.Client, account: Account, grant: Grant) -> Grant | Failed:
    """Another token, where the server lets its tokens end (Pleroma)."""
    endpoint = f"{address(account.options['instance'])}/oauth/token"
    return refreshed(http, NAME, endpoint, _client(grant.client), grant)


CONNECTING = Connecting(begin, finish, refresh, OOB)


def _registered(http: httpx.Client, server: str, redirect: str) -> dict[str, Secret] | Failed:
    """Relay as an app of the server. Nobody needs an account for it."""
    form = {"client_name": "relay", "redirect_uris": redirect, "scopes": SCOPES}
    answer = ask(http, "POST", f"{server}/api/v1/apps", data=form, follow_redirects=False)
    match content(answer):
        case {"client_id": str(own), "client_secret": str(secret)} if 0 < len(own) < 1000 and 0 < len(secret) < 1000:
            values = (own, secret, _place(server, redirect))
            return {key: Secret(value) for key, value in zip(_CLIENT, values, strict=True)}
    return of_tokens(answer, NAME)


def _known(http: httpx.Client, account: Account, server: str, redirect: str) -> dict[str, Secret] | None:
    """What relay has been to this server before, if it still is: apps that nobody uses are cleared away there."""
    client = {key: account.secrets[key] for key in _CLIENT if key in account.secrets}
    if len(client) < len(_CLIENT) or client["client_at"].value != _place(server, redirect):
        return None
    form = {"grant_type": "client_credentials", "redirect_uri": redirect} | _client(client)
    return client if isinstance(granted(http, NAME, f"{server}/oauth/token", form), Tokens) else None


def _place(server: str, redirect: str) -> str:
    return f"{server} {redirect}"


def _client(kept: Mapping[str, Secret]) -> dict[str, str]:
    return {key: kept[key].value for key in ("client_id", "client_secret") if key in kept}


def _has_pkce(http: httpx.Client, server: str) -> bool:
    """What the server says of itself (RFC 8414)."""
    told = content(ask(http, "GET", f"{server}/.well-known/oauth-authorization-server", follow_redirects=False))
    methods = told.get("code_challenge_methods_supported") if isinstance(told, dict) else None
    return isinstance(methods, list) and "S256" in methods


def _owner(http: httpx.Client, server: str, token: Secret) -> str:
    found = whose(http, f"{server}/api/v1/accounts/verify_credentials", token)
    own = shown(found.get("username"))
    return f"@{own}@{urlsplit(server).netloc}" if own else ""
