"""OAuth 2.0 as networks speak it: where a person goes, what comes back, and the tokens that a code is worth.

RFC 6749 is the framework, RFC 7636 what ties a code to whoever asked for it (PKCE), RFC 9700 how both are used today.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

import httpx

from relay.core.account import Account, Secret
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused
from relay.networks.connecting import Failed
from relay.networks.wire.answers import address, ask, content
from relay.networks.wire.grants import LONGEST, Tokens, renewed, tokens
from relay.networks.wire.masking import is_private, masked
from relay.networks.wire.refusals import of_tokens, of_way_back
from relay.networks.wire.tokens import bearer, is_token

OOB = "urn:ietf:wg:oauth:2.0:oob"
"""The address that shows a code instead of coming back with it, where a server knows it."""
VERIFIER = "verifier"
"""The name under which a visit keeps the PKCE verifier."""

_HIDDEN = ("code", "code_verifier", "client_secret", "refresh_token", "access_token", "fb_exchange_token")


def origin(account: Account, own: str) -> str:
    """Where the network is: ``own``, unless the account's ``server`` is elsewhere."""
    return address(account.options.get("server", own))


def verifier() -> Secret:
    """86 characters that nobody can guess (RFC 7636 §4.1)."""
    return Secret(token_urlsafe(64))


def challenge(kept: Secret) -> dict[str, str]:
    """What the server is told of a verifier when the visit begins (§4.2); "plain" is not spoken."""
    digest = urlsafe_b64encode(sha256(kept.value.encode()).digest()).rstrip(b"=").decode()
    return {"code_challenge": digest, "code_challenge_method": "S256"}


def asking(client: str, redirect: str, state: str, scope: str) -> dict[str, str]:
    """The parameters of every authorization request (RFC 6749 §4.1.1)."""
    known = {"response_type": "code", "client_id": client, "redirect_uri": redirect, "scope": scope, "state": state}
    return {name: value for name, value in known.items() if value}


def with_query(url: str, parameters: Mapping[str, str]) -> str:
    """An address with more parameters; those that it has stay (§3.1)."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(parameters)}"


def code(answered: Mapping[str, str], who: str) -> str | Failed:
    """The code that the person came back with (§4.1.2), or why there is none; ``who`` names the network."""
    if failed := of_way_back(answered, who):
        return failed
    given = Secret(answered.get("code", "").strip().removesuffix("#_"))
    if not is_token(given) or len(given.value) > LONGEST:
        return Refused(f"There was no code from {who}: copy all of it, or connect the account once more.")
    return given.value


def granted(
    http: httpx.Client, who: str, endpoint: str, form: Mapping[str, str], client: httpx.BasicAuth | None = None
) -> Tokens | Failed:
    """Ask the token endpoint; ``client`` is for servers that want the client's secret in a header (§2.3.1)."""
    if not is_private(endpoint):
        return unsecured(who)
    headers = {"Accept": "application/json"}
    how: dict[str, Any] = {"auth": client} if client else {}
    answer = ask(http, "POST", endpoint, data=dict(form), headers=headers, follow_redirects=False, **how)
    return tokens(answer) or covered(of_tokens(answer, who), form)


def refreshed(
    http: httpx.Client, who: str, endpoint: str, form: Mapping[str, str], grant: Grant, **how: Any
) -> Grant | Failed:
    """The grant with another access token (§6). A refusal for good is a person's affair: only a visit helps."""
    if grant.refresh is None:
        return AuthLost(f"{who} gave nothing to renew its token with: connect the account again.")
    wanted = {"grant_type": "refresh_token", "refresh_token": grant.refresh.value, **form}
    told = granted(http, who, endpoint, wanted, **how)
    if isinstance(told, Tokens):
        return renewed(grant, told)
    return AuthLost(f"{told.why} Connect the account again.") if isinstance(told, Refused) else told


def unsecured(who: str) -> Refused:
    """A server that would have secrets read on their way is told none."""
    return Refused(f"{who} takes tokens at an address without https://: they must not travel unsecured.")


def covered(failed: Failed, sent: Mapping[str, str]) -> Failed:
    """A failure without anything secret that was sent, which some servers say again."""
    secrets = {name: Secret(sent[name]) for name in _HIDDEN if name in sent}
    return masked(failed, Account("", "", secrets=secrets))


def whose(http: httpx.Client, url: str, token: Secret, **how: Any) -> dict[str, Any]:
    """What the network says of a token's owner, empty where it does not: a token is not lost for want of a name."""
    found = content(ask(http, "GET", url, headers=bearer(token), follow_redirects=False, **how))
    return found if isinstance(found, dict) else {}


def shown(found: object) -> str:
    """A name for people, as a network wrote it: one line of characters that can be seen, 200 at most; else empty."""
    is_name = isinstance(found, str) and found.isprintable() and len(found) <= 200
    return str(found) if is_name else ""
