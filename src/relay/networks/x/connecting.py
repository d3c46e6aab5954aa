"""How an X account is connected: by OAuth 2.0 where the app's client ID is set, else by the app's two consumer keys.

https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code. A code is good for 30 seconds, an access
token for two hours, a refresh token for one use.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

from collections.abc import Mapping

import httpx

from relay.core.account import Account
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused
from relay.networks.connecting import Connecting, Failed, Visit
from relay.networks.wire.grants import Tokens, granting
from relay.networks.wire.oauth import (
    VERIFIER,
    asking,
    challenge,
    code,
    granted,
    origin,
    refreshed,
    shown,
    verifier,
    whose,
    with_query,
)
from relay.networks.x.answers import SERVER
from relay.networks.x.pin import PIN

NAME, BROWSER = "X", "https://x.com"
SCOPES = "tweet.read tweet.write users.read media.write offline.access"
"""The last is what a refresh token is given for."""
_TOKENS = "/2/oauth2/token"


def way(account: Account) -> Connecting | None:
    """How this account can be connected in a browser, by the keys of an app that it has."""
    if "client_id" in account.options:
        return BY_CODE
    return PIN if {"consumer_key", "consumer_secret"} <= account.secrets.keys() else None


def begin(http: httpx.Client, account: Account, redirect: str, state: str) -> Visit | Failed:
    """Where the person goes."""
    kept = verifier()
    told = asking(account.options["client_id"], redirect, state, SCOPES) | challenge(kept)
    return Visit(with_query(f"{origin(account, BROWSER)}/i/oauth2/authorize", told), {VERIFIER: kept})


def finish(
    http: httpx.Client, account: Account, visit: Visit, redirect: str, answered: Mapping[str, str]
) -> Grant | Failed:
    """The tokens for the code that the person came back with."""
    given = code(answered, NAME)
    if not isinstance(given, str):
        return given
    form = {"grant_type": "authorization_code", "code": given, "redirect_uri": redirect}
    form |= {"code_verifier": visit.kept[VERIFIER].value, "client_id": account.options["client_id"]}
    told = granted(http, NAME, origin(account, SERVER) + _TOKENS, form, _signed(account))
    if isinstance(told, Tokens):
        return granting(told, {}, owner(whose(http, f"{origin(account, SERVER)}/2/users/me", told.access)))
    return AuthLost(f"{told.why} Connect it again.") if _is_spent(told) else told


def refresh(http: httpx.Client, account: Account, grant: Grant) -> Grant | Failed:
    """Two more hours; the refresh token that was used is worth nothing any more, whatever becomes of the answer."""
    form = {"client_id": account.options.get("client_id", "")}
    return refreshed(http, NAME, origin(account, SERVER) + _TOKENS, form, grant, client=_signed(account))


BY_CODE = Connecting(begin, finish, refresh)


def owner(found: Mapping[str, object]) -> str:
    """The account as X writes it, out of ``/2/users/me``."""
    data = found.get("data")
    own = shown(data.get("username")) if isinstance(data, dict) else ""
    return f"@{own}" if own else ""


def _signed(account: Account) -> httpx.BasicAuth | None:
    """An app that can keep a secret shows it in a header; the others ("public") have their ID in the form alone."""
    secret = account.secrets.get("client_secret")
    return httpx.BasicAuth(account.options.get("client_id", ""), secret.value) if secret else None


def _is_spent(told: Failed) -> bool:
    """X says of a code that was used, or is too old, that a "value passed" for it was invalid."""
    return isinstance(told, Refused) and "was invalid" in told.why
