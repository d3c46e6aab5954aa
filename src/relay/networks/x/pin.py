"""How an X account is connected by OAuth 1.0a (RFC 5849 §2): the person comes back, or copies a PIN from X's page.

https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens. What is granted does not end.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import time
from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex
from urllib.parse import parse_qsl, quote

import httpx

from relay.core.account import Account, Secret
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused
from relay.networks.connecting import Connecting, Failed, Visit
from relay.networks.wire.answers import Answer, ask, harmless
from relay.networks.wire.masking import is_private, masked
from relay.networks.wire.oauth import origin, shown, with_query
from relay.networks.wire.refusals import of_way_back, plain
from relay.networks.wire.tokens import UNFIT, is_token
from relay.networks.x.answers import SERVER, of_api
from relay.networks.x.oauth import signature

NAME, OOB = "X", "oob"
_LONGEST = 1000


def begin(http: httpx.Client, account: Account, redirect: str, state: str) -> Visit | Failed:
    """Where the person goes. X takes parameters of an address to come back to, so ``state`` is one of them."""
    back = redirect if redirect == OOB else with_query(redirect, {"state": state})
    told = _asked(http, account, "request_token", {"oauth_callback": back}, Secret(""))
    if not isinstance(told, dict):
        return told
    kept = {"request": Secret(told["oauth_token"]), "secret": Secret(told["oauth_token_secret"])}
    url = with_query(f"{origin(account, SERVER)}/oauth/authorize", {"oauth_token": told["oauth_token"]})
    return Visit(url, kept)


def finish(
    http: httpx.Client, account: Account, visit: Visit, redirect: str, answered: Mapping[str, str]
) -> Grant | Failed:
    """The two secrets of the account, for the PIN or for what the person came back with (``oauth_verifier``)."""
    if "denied" in answered:
        return Refused(f"You said no at {NAME}: nothing was connected.")
    if failed := of_way_back(answered, NAME):
        return failed
    given = (answered.get("oauth_verifier") or answered.get("code", "")).strip()
    if not is_token(Secret(given)) or answered.get("oauth_token", visit.kept["request"].value) != _request(visit):
        return Refused(f"There was no PIN from {NAME}: copy all of it, or connect the account once more.")
    own = {"oauth_token": _request(visit), "oauth_verifier": given}
    told = _asked(http, account, "access_token", own, visit.kept["secret"])
    if not isinstance(told, dict):
        return told
    secrets = {"access_token": Secret(told["oauth_token"]), "access_token_secret": Secret(told["oauth_token_secret"])}
    own_name = shown(told.get("screen_name"))
    return Grant(secrets, whose=f"@{own_name}" if own_name else "")


PIN = Connecting(begin, finish, None, OOB)


def _request(visit: Visit) -> str:
    return visit.kept["request"].value


def _asked(
    http: httpx.Client, account: Account, what: str, own: Mapping[str, str], secret: Secret
) -> dict[str, str] | Failed:
    """One signed call, and the form that answers it; ``own`` is its part of the signature, ``secret`` signs it too."""
    url = f"{origin(account, SERVER)}/oauth/{what}"
    if not is_private(url):
        return Refused("X's address must begin with https://: the keys must not travel unsecured.")
    if not all(is_token(account.secrets[key]) for key in ("consumer_key", "consumer_secret")):
        return UNFIT
    header = {"Authorization": _header(account, url, own, secret)}
    answer = ask(http, "POST", url, headers=header, follow_redirects=False)
    told = _form(answer)
    if all(0 < len(told.get(key, "")) < _LONGEST for key in ("oauth_token", "oauth_token_secret")):
        return told
    return masked(_of(answer), Account("", "", secrets={**account.secrets, **_secrets(own), "secret": secret}))


def _header(account: Account, url: str, own: Mapping[str, str], secret: Secret) -> str:
    moment = str(int(time.time()))  # noqa: TID251  # it is the call that is signed, and no argument tells when it is
    told = {
        **own,
        "oauth_consumer_key": account.secrets["consumer_key"].value,
        "oauth_nonce": token_hex(16),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": moment,
        "oauth_version": "1.0",
    }
    told["oauth_signature"] = signature("POST", url, told, account.secrets["consumer_secret"].value, secret.value)
    return "OAuth " + ", ".join(f'{name}="{quote(told[name], safe="~")}"' for name in sorted(told))


def _form(answer: Answer) -> dict[str, str]:
    if not isinstance(answer, httpx.Response) or not answer.is_success or len(answer.content) > _LONGEST * 4:
        return {}
    return dict(parse_qsl(answer.text))


def _of(answer: Answer) -> Failed:
    """X answers 401 to keys it does not know, and to a PIN that is wrong, used, or older than the request."""
    told = harmless(of_api(answer))
    if not isinstance(answer, httpx.Response) or answer.status_code != httpx.codes.UNAUTHORIZED:
        return replace(told, why=plain(told.why))
    return AuthLost(f"{NAME} takes neither these keys nor this PIN: look at the app's keys, and connect it again.")


def _secrets(own: Mapping[str, str]) -> dict[str, Secret]:
    return {key: Secret(value) for key, value in own.items() if key != "oauth_callback"}
