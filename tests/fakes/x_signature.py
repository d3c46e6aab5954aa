"""Who asks X, from the side of the server: a call that an account has signed (OAuth 1.0a)."""

import hmac
import re
from base64 import b64encode
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from tests.fakes.wire import Call

USER = "2244994945"
SECRETS = {
    "consumer_key": "key-not-a-real-one-1",
    "consumer_secret": "secret-not-a-real-one-2",
    "access_token": f"{USER}-token-not-a-real-one-3",
    "access_token_secret": "secret-not-a-real-one-4",
}


def nonce_of(call: Call, given: str) -> str | None:
    """The nonce of a call whose signature is right (RFC 5849 §3.4), ``None`` where it is not."""
    told = {name: unquote(value) for name, value in re.findall(r'(\w+)="([^"]*)"', given)}
    claimed = told.pop("oauth_signature", "")
    where = urlsplit(call.path)
    pairs = [*parse_qsl(where.query, keep_blank_values=True), *told.items()]
    both = sorted((quote(name, safe="-._~"), quote(value, safe="-._~")) for name, value in pairs)
    listed = quote("&".join("=".join(pair) for pair in both), safe="-._~")
    url = quote(f"{call.headers.get('x-forwarded-proto', 'http')}://{call.headers['host']}{where.path}", safe="-._~")
    key = f"{SECRETS['consumer_secret']}&{SECRETS['access_token_secret']}".encode()
    own = b64encode(hmac.new(key, f"{call.method}&{url}&{listed}".encode(), "sha1").digest()).decode()
    known = told.get("oauth_consumer_key"), told.get("oauth_token")
    is_right = claimed == own and known == (SECRETS["consumer_key"], SECRETS["access_token"])
    return told.get("oauth_nonce", "") if is_right else None
