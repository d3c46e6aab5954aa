"""How a LinkedIn account is connected: by an app of one's own, for sixty days.

https://learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow. Only apps that LinkedIn has chosen
are given a refresh token; the others' accounts need a person again when the sixty days are over.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

from collections.abc import Mapping

import httpx

from relay.core.account import Account
from relay.core.grant import Grant
from relay.core.outcome import Refused
from relay.networks.connecting import Connecting, Failed, Visit
from relay.networks.linkedin.answers import SERVER
from relay.networks.wire.grants import Tokens, granting
from relay.networks.wire.oauth import asking, code, granted, origin, refreshed, shown, whose, with_query

NAME, BROWSER = "LinkedIn", "https://www.linkedin.com"
PAGE, MEMBER = "w_organization_social r_organization_social", "openid profile w_member_social"
"""Scopes. An app of the Community Management API may have no other product, so it cannot ask for a name."""
_TOKENS = "/oauth/v2/accessToken"
_PERSON = "urn:li:person:"


def way(account: Account) -> Connecting | None:
    """How this account can be connected in a browser, where it has an app."""
    return CONNECTING if "client_id" in account.options else None


def begin(http: httpx.Client, account: Account, redirect: str, state: str) -> Visit | Failed:
    """Where the person goes."""
    if "client_secret" not in account.secrets:
        return Refused("LinkedIn wants the app's client_secret too: set it beside client_id.")
    told = asking(account.options["client_id"], redirect, state, MEMBER if _is_member(account) else PAGE)
    return Visit(with_query(f"{origin(account, BROWSER)}/oauth/v2/authorization", told))


def finish(
    http: httpx.Client, account: Account, visit: Visit, redirect: str, answered: Mapping[str, str]
) -> Grant | Failed:
    """The token for the code that the person came back with, if it is the account's own member who did."""
    given = code(answered, NAME)
    if not isinstance(given, str):
        return given
    form = {"grant_type": "authorization_code", "code": given, "redirect_uri": redirect, **_app(account)}
    told = granted(http, NAME, origin(account, BROWSER) + _TOKENS, form)
    if not isinstance(told, Tokens):
        return told
    if not _is_member(account):
        return granting(told, {}, account.options["page"])
    member = whose(http, f"{origin(account, SERVER)}/v2/userinfo", told.access)
    own = shown(member.get("name")) or account.options["page"]
    is_other = "sub" in member and f"{_PERSON}{member['sub']}" != account.options["page"]
    return Refused(_other(own, member["sub"])) if is_other else granting(told, {}, own)


def refresh(http: httpx.Client, account: Account, grant: Grant) -> Grant | Failed:
    """Sixty more days; the refresh token stays the same, and its own end where it was."""
    return refreshed(http, NAME, origin(account, BROWSER) + _TOKENS, _app(account), grant)


CONNECTING = Connecting(begin, finish, refresh)


def _is_member(account: Account) -> bool:
    return account.options["page"].startswith(_PERSON)


def _other(own: str, sub: object) -> str:
    return f"{own} said yes, who is {_PERSON}{shown(sub)}: sign in at LinkedIn as the member of `page`, or correct it."


def _app(account: Account) -> dict[str, str]:
    secret = account.secrets.get("client_secret")
    return {"client_id": account.options.get("client_id", ""), "client_secret": secret.value if secret else ""}
