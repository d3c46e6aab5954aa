"""How a site is connected by IndieAuth (https://indieauth.spec.indieweb.org): its owner says yes on the site itself.

Relay needs no registration there: its own public address is its name, and PKCE ties the code to it.
"""

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

import httpx

from relay.core.account import Account, Secret
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused
from relay.networks.connecting import Connecting, Failed, Visit
from relay.networks.micropub.discovery import Endpoints, discovered, same
from relay.networks.wire.grants import Tokens, granting
from relay.networks.wire.oauth import VERIFIER, asking, challenge, code, granted, refreshed, shown, verifier, with_query

SCOPES = "create update delete media"


def begin(http: httpx.Client, account: Account, redirect: str, state: str) -> Visit | Failed:
    """Where the person goes, as the site's own page says."""
    found = discovered(http, _me(account))
    if not isinstance(found, Endpoints):
        return found
    kept = verifier()
    client = urljoin(redirect, "/")
    told = asking(client, redirect, state, SCOPES) | challenge(kept) | {"me": _me(account)}
    known = {"client_id": client, "token_endpoint": found.token, "authorization_endpoint": found.authorization}
    known |= {"issuer": found.issuer, "tells_issuer": "yes" if found.tells_issuer else ""}
    secrets = {name: Secret(value) for name, value in known.items()}
    return Visit(with_query(found.authorization, told), secrets | {VERIFIER: kept})


def finish(
    http: httpx.Client, account: Account, visit: Visit, redirect: str, answered: Mapping[str, str]
) -> Grant | Failed:
    """The token, if it is from the server that was asked, and for the site that was meant."""
    who = _host(account)
    given = code(answered, who)
    if not isinstance(given, str):
        return given
    kept = {name: secret.value for name, secret in visit.kept.items()}
    if not _is_of(kept, answered.get("iss", "")):
        return Refused(f"The answer is not from the server that {who} names: nothing was connected.")
    form = {"grant_type": "authorization_code", "code": given, "redirect_uri": redirect}
    form |= {"client_id": kept["client_id"], "code_verifier": kept[VERIFIER]}
    told = granted(http, who, kept["token_endpoint"], form)
    if not isinstance(told, Tokens):
        return told
    client = {name: visit.kept[name] for name in ("client_id", "token_endpoint")}
    return _unfit(http, account, kept, told) or granting(told, client, shown(told.said.get("me")))


def refresh(http: httpx.Client, account: Account, grant: Grant) -> Grant | Failed:
    """Another token, where the site lets its tokens end."""
    if "token_endpoint" not in grant.client:
        return AuthLost(f"{_host(account)} gave nothing to renew its token with: connect the account again.")
    form = {"client_id": grant.client["client_id"].value}
    return refreshed(http, _host(account), grant.client["token_endpoint"].value, form, grant)


CONNECTING = Connecting(begin, finish, refresh)


def _me(account: Account) -> str:
    """The site's own page; where no setting says it, the front page of the host that has the endpoint."""
    return account.options.get("me") or urljoin(account.options["endpoint"], "/")


def _host(account: Account) -> str:
    return urlsplit(_me(account)).netloc


def _is_of(kept: Mapping[str, str], issuer: str) -> bool:
    """Whether the way back names the server that was asked (RFC 9207, 2.4), or none where that one has no name."""
    return issuer == kept["issuer"] if issuer else not kept["tells_issuer"]


def _unfit(http: httpx.Client, account: Account, kept: Mapping[str, str], told: Tokens) -> Refused | None:
    """Why a token is not for this account: another site's, or one that may not post."""
    me, scope = told.said.get("me"), told.said.get("scope", SCOPES)
    if "create" not in str(scope).split():
        return Refused(f"You gave relay no right to post at {_host(account)}: say yes to “create” too.")
    if not isinstance(me, str) or not (same(me, _me(account)) or _is_also(http, me, kept)):
        return Refused(f"The answer is for {shown(me) or 'no site'} and not for {_me(account)}: nothing was connected.")
    return None


def _is_also(http: httpx.Client, me: str, kept: Mapping[str, str]) -> bool:
    """Another address of the same owner: it names the same authorization endpoint (§5.4)."""
    found = discovered(http, me)
    return isinstance(found, Endpoints) and found.authorization == kept["authorization_endpoint"]
