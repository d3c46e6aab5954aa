"""How a Threads account is connected: by an app of one's own, for sixty days, and for sixty more while they last.

https://developers.facebook.com/docs/threads/get-started/long-lived-tokens. A token is renewed by itself, once it is a
day old; one that has ended is renewed no more.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import httpx

from relay.core.account import Account
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.connecting import Connecting, Failed, Visit
from relay.networks.threads.container import NAME, SERVER
from relay.networks.wire.exchange import exchanged
from relay.networks.wire.grants import Tokens, granting, renewed
from relay.networks.wire.oauth import asking, code, origin, shown, whose, with_query

BROWSER = "https://threads.com"
SCOPES = "threads_basic,threads_content_publish,threads_delete"
_DAY = timedelta(days=1)


def way(account: Account) -> Connecting | None:
    """How this account can be connected in a browser, where it has an app."""
    return CONNECTING if "client_id" in account.options else None


def begin(http: httpx.Client, account: Account, redirect: str, state: str) -> Visit | Failed:
    """Where the person goes."""
    if "client_secret" not in account.secrets:
        return Refused("Threads wants the app's client_secret too: set it beside client_id.")
    told = asking(account.options["client_id"], redirect, state, SCOPES)
    return Visit(with_query(f"{origin(account, BROWSER)}/oauth/authorize", told))


def finish(
    http: httpx.Client, account: Account, visit: Visit, redirect: str, answered: Mapping[str, str]
) -> Grant | Failed:
    """The token of sixty days, for one of an hour, for the code that the person came back with."""
    given = code(answered, NAME)
    if not isinstance(given, str):
        return given
    secret = account.secrets["client_secret"].value if "client_secret" in account.secrets else ""
    app = {"client_id": account.options.get("client_id", ""), "client_secret": secret}
    form = {"grant_type": "authorization_code", "code": given, "redirect_uri": redirect, **app}
    server = origin(account, SERVER)
    short = exchanged(http, NAME, f"{server}/oauth/access_token", form, "POST")
    if not isinstance(short, Tokens):
        return short
    longer = {"grant_type": "th_exchange_token", "client_secret": secret, "access_token": short.access.value}
    long = exchanged(http, NAME, f"{server}/access_token", longer)
    if not isinstance(long, Tokens):
        return long
    own = shown(whose(http, f"{server}/v1.0/me", long.access, params={"fields": "username"}).get("username"))
    return _itself(granting(long, {}, f"@{own}" if own else ""))


def refresh(http: httpx.Client, account: Account, grant: Grant) -> Grant | Failed:
    """Sixty more days. A token that Threads does not renew yet is asked for again a day later."""
    if grant.refresh is None:
        return AuthLost(f"{NAME} gave nothing to renew its token with: connect the account again.")
    wanted = {"grant_type": "th_refresh_token", "access_token": grant.refresh.value}
    told = exchanged(http, NAME, f"{origin(account, SERVER)}/refresh_access_token", wanted)
    if isinstance(told, Tokens):
        return _itself(renewed(grant, told))
    return Retry(told.why, _DAY) if isinstance(told, Refused) else told


CONNECTING = Connecting(begin, finish, refresh)


def _itself(grant: Grant) -> Grant:
    """A token that is its own refresh token: neither outlives the other."""
    return replace(grant, refresh=grant.secrets["token"], ends_at=grant.expires_at)
