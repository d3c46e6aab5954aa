"""X's OAuth 1.0a (RFC 5849 §2): a request token, a PIN, and the two secrets of an account. Every call is signed."""

import hmac
import re
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from tests.fakes.wire import Call, Reply

KEPT_FOR = timedelta(minutes=15)


@dataclass(slots=True)
class Pending:
    """A request token: its secret, where the person goes back to, and the PIN once a yes was said."""

    secret: str
    callback: str
    made_at: datetime
    pin: str = ""


@dataclass(slots=True)
class Keys:
    """``grants`` are the secrets that a PIN is worth; ``pending`` are the request tokens that are open."""

    consumer: tuple[str, str]
    grants: dict[str, str]
    callbacks: tuple[str, ...]
    """Where one may come back to, parameters aside."""
    now: datetime = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
    pending: dict[str, Pending] = field(default_factory=dict)

    def request_token(self, call: Call) -> Reply:
        told = self._signed(call, "")
        callback = told.get("oauth_callback", "")
        if not told:
            return _no(401, 32, "Could not authenticate you.")
        if callback != "oob" and callback.partition("?")[0] not in self.callbacks:
            return _no(403, 415, "Callback URL not approved for this client application.")
        name = f"request-not-a-real-one-{len(self.pending)}"
        self.pending[name] = Pending(f"{name}-secret", callback, self.now)
        return self._form(
            {"oauth_token": name, "oauth_token_secret": f"{name}-secret", "oauth_callback_confirmed": "true"}
        )

    def allow(self, url: str) -> dict[str, str]:
        """The person says yes: a PIN to copy, or the parameters of the way back, those of the callback among them."""
        name = dict(parse_qsl(urlsplit(url).query))["oauth_token"]
        self.pending[name].pin = f"{7654321 + len(self.pending)}"
        callback = self.pending[name].callback
        back = {"oauth_token": name, "oauth_verifier": self.pending[name].pin}
        return (
            back | dict(parse_qsl(urlsplit(callback).query)) if callback != "oob" else {"code": back["oauth_verifier"]}
        )

    def deny(self, url: str) -> dict[str, str]:
        return {"denied": dict(parse_qsl(urlsplit(url).query))["oauth_token"]}

    def access_token(self, call: Call) -> Reply:
        name = dict(_told(call)).get("oauth_token", "")
        known = self.pending.get(name)
        told = self._signed(call, known.secret) if known else {}
        is_good = known and told and known.pin and told.get("oauth_verifier") == known.pin
        if not known or not is_good or self.now - known.made_at > KEPT_FOR:
            return Reply(401, f"Invalid request token: {name}".encode(), {"content-type": "text/html"})
        del self.pending[name]
        return self._form({**self.grants, "user_id": "2244994945", "screen_name": "veille"})

    def _signed(self, call: Call, secret: str) -> dict[str, str]:
        told = dict(_told(call))
        claimed = told.pop("oauth_signature", "")
        listed = "&".join(f"{_encoded(key)}={_encoded(told[key])}" for key in sorted(told))
        url = f"http://{call.headers['host']}{call.path}"
        base = "&".join((call.method, _encoded(url), _encoded(listed)))
        key = f"{_encoded(self.consumer[1])}&{_encoded(secret)}".encode()
        own = b64encode(hmac.new(key, base.encode(), "sha1").digest()).decode()
        return told if claimed == own and told.get("oauth_consumer_key") == self.consumer[0] else {}

    def _form(self, told: dict[str, str]) -> Reply:
        date = format_datetime(self.now, usegmt=True)
        return Reply(200, urlencode(told).encode(), {"content-type": "text/html;charset=utf-8", "date": date})


def _told(call: Call) -> list[tuple[str, str]]:
    given = call.headers.get("authorization", "").removeprefix("OAuth ")
    return [(name, unquote(value)) for name, value in re.findall(r'(\w+)="([^"]*)"', given)]


def _encoded(text: str) -> str:
    return quote(text, safe="-._~")


def _no(status: int, code: int, words: str) -> Reply:
    return Reply(status, f'{{"errors":[{{"code":{code},"message":"{words}"}}]}}'.encode())
