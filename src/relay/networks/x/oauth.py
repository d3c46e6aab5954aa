"""Who asks X: one account by four secrets that sign each call (OAuth 1.0a, RFC 5849), or by a token (OAuth 2.0).

Neither JSON nor a form with files is part of the signature (RFC 5849 §3.4.1.3.1): it covers the address, its
parameters and the moment.
"""

import hmac
import time
from base64 import b64encode
from collections.abc import Mapping
from secrets import token_hex
from urllib.parse import quote

from relay.core.account import Account
from relay.core.outcome import AuthLost
from relay.networks.wire.tokens import UNFIT, bearer, is_token

FOUR = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
TOKEN = "token"  # noqa: S105  # the name of the setting, not what it holds
_MISSING = AuthLost(f"X needs four secrets ({', '.join(FOUR)}), or else a token: see `relay check`.")


def unfit(account: Account) -> AuthLost | None:
    """What the account's secrets lack, in a sentence for whoever set it up."""
    names = (TOKEN,) if TOKEN in account.secrets else FOUR
    if any(name not in account.secrets for name in names):
        return _MISSING
    return None if all(is_token(account.secrets[name]) for name in names) else UNFIT


def identity(account: Account) -> str:
    """The account's number, with which every access token of OAuth 1.0a begins; empty where the token does not say."""
    written = account.secrets.get("access_token") if TOKEN not in account.secrets else None
    number, found, _ = written.value.partition("-") if written else ("", "", "")
    return number if found and number.isdecimal() else ""


def headers(account: Account, method: str, url: str, params: Mapping[str, str]) -> dict[str, str]:
    """The header for one call, and for no other: X takes a signature once, within minutes."""
    if TOKEN in account.secrets:
        return bearer(account.secrets[TOKEN])
    moment = str(int(time.time()))  # noqa: TID251  # it is the call that is signed, and no argument tells when it is
    own = {
        "oauth_consumer_key": account.secrets["consumer_key"].value,
        "oauth_nonce": token_hex(16),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": moment,
        "oauth_token": account.secrets["access_token"].value,
        "oauth_version": "1.0",
    }
    keys = account.secrets["consumer_secret"].value, account.secrets["access_token_secret"].value
    own["oauth_signature"] = signature(method, url, {**params, **own}, *keys)
    return {"Authorization": "OAuth " + ", ".join(f'{name}="{_encoded(own[name])}"' for name in sorted(own))}


def signature(method: str, url: str, params: Mapping[str, str], consumer_secret: str, token_secret: str) -> str:
    """HMAC-SHA1 in base64 (RFC 5849 §3.4.2); ``url`` without its query, which is among ``params``."""
    pairs = sorted((_encoded(name), _encoded(value)) for name, value in params.items())
    listed = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join((method.upper(), _encoded(url), _encoded(listed)))
    key = f"{_encoded(consumer_secret)}&{_encoded(token_secret)}"
    return b64encode(hmac.digest(key.encode(), base.encode(), "sha1")).decode()


def _encoded(text: str) -> str:
    return quote(text, safe="~")
