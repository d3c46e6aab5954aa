"""An identity provider: OpenID Connect Discovery 1.0 and Core 1.0, the code flow with PKCE; and what may be wrong."""

import hmac
import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.fakes.wire import Call, Reply, Wire, listening

CLIENT = "relay"
SECRET = "a secret: with/signs"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
OTHER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)


class Flaw(StrEnum):
    """What is wrong with what it says."""

    NONE = "nothing"
    NONCE = "another's nonce"
    NO_NONCE = "no nonce"
    AUDIENCE = "for another client"
    AUDIENCES = "for us and another client, which asked"
    EXPIRED = "expired"
    ENDLESS = "no end"
    FUTURE = "issued tomorrow"
    ISSUER = "another issuer"
    KEY = "signed by another key"
    UNSIGNED = "not signed"
    SHARED = "signed by the public key as if it were a shared secret"
    NOBODY = "no subject"
    GARBLED = "no token at all"
    NO_TOKEN = "nothing to identify anybody by"
    BROKEN = "the token endpoint fails"
    OTHERS = "its own description is another issuer's"
    DENIED = "the person says no"


REFUSED = tuple(flaw for flaw in Flaw if flaw not in {Flaw.NONE, Flaw.NO_TOKEN, Flaw.BROKEN, Flaw.OTHERS, Flaw.DENIED})
"""Flaws of the token itself."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A yes, until its code is used."""

    redirect: str
    challenge: str
    nonce: str


@dataclass(slots=True)
class Provider:
    """Its whole memory. ``email`` and ``subject`` are those of the person in the browser; ``now`` is its clock."""

    url: str = ""
    now: datetime = datetime(2026, 11, 24, 11, tzinfo=UTC)
    subject: str = "0001"
    email: str | None = "camille@blog.example"
    is_verified: object = True
    flaw: Flaw = Flaw.NONE
    by_header: bool = True
    grants: dict[str, Grant] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def answer(self, call: Call) -> Reply:
        """What it answers to whatever is asked of it."""
        parts = urlsplit(call.path)
        self.asked.append(parts.path)
        match parts.path:
            case "/.well-known/openid-configuration":
                return _json(self._described())
            case "/authorize":
                return self._authorize(dict(parse_qsl(parts.query)))
            case "/token":
                return self._exchange(call)
            case "/keys":
                return _json({"keys": [KEY.as_dict(private=False)]})
            case _:
                return Reply(404, b"{}")

    def _described(self) -> dict[str, Any]:
        way = "client_secret_basic" if self.by_header else "client_secret_post"
        return {
            "issuer": "https://id.ailleurs.example" if self.flaw is Flaw.OTHERS else self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": [way],
        }

    def _authorize(self, asked: dict[str, str]) -> Reply:
        """The person is signed in there, and says yes or no."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert {"openid", "email"} <= set(asked["scope"].split())
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{next(self._numbers)}"
        self.grants[code] = Grant(asked["redirect_uri"], asked["code_challenge"], asked["nonce"])
        told = {"error": "access_denied"} if self.flaw is Flaw.DENIED else {"code": code, "iss": self.url}
        back = f"{asked['redirect_uri']}?{urlencode({**told, 'state': asked['state']})}"
        return Reply(302, b"", {"location": back})

    def _exchange(self, call: Call) -> Reply:
        form = dict(parse_qsl(call.body.decode()))
        grant = self.grants.pop(form.get("code", ""), None)
        if self.flaw is Flaw.BROKEN:
            return Reply(500, b"sorry")
        if not self._is_client(call, form):
            return _json({"error": "invalid_client"}, 401)
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        is_theirs = grant and urlsafe_b64encode(digest).rstrip(b"=").decode() == grant.challenge
        if grant is None or not is_theirs or form.get("redirect_uri") != grant.redirect:
            return _json({"error": "invalid_grant"}, 400)
        told = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60}
        return _json(told if self.flaw is Flaw.NO_TOKEN else {**told, "id_token": self._token(grant)})

    def _is_client(self, call: Call, form: dict[str, str]) -> bool:
        if not self.by_header:
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        kind, _, pair = call.headers.get("authorization", "").partition(" ")
        name, _, secret = b64decode(pair).decode().partition(":")
        return (kind, unquote(name), unquote(secret)) == ("Basic", CLIENT, SECRET)

    def _token(self, grant: Grant) -> str:
        claims = self._claims(grant)
        match self.flaw:
            case Flaw.GARBLED:
                return "no.token.atall"
            case Flaw.UNSIGNED:
                return f"{_written({'alg': 'none'}, claims)}."
            case Flaw.SHARED:
                signed = _written({"alg": "HS256", "kid": "one"}, claims)
                digest = hmac.digest(KEY.as_pem(private=False), signed.encode(), "sha256")
                return f"{signed}.{urlsafe_b64encode(digest).rstrip(b'=').decode()}"
            case _:
                return jwt.encode({"alg": "RS256", "kid": "one"}, claims, OTHER if self.flaw is Flaw.KEY else KEY)

    def _claims(self, grant: Grant) -> dict[str, Any]:
        good: dict[str, Any] = {
            "iss": self.url,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": int((self.now + timedelta(minutes=5)).timestamp()),
            "iat": int(self.now.timestamp()),
            "nonce": grant.nonce,
            "email_verified": self.is_verified,
            **({"email": self.email} if self.email else {}),
        }
        tomorrow, before = (int((self.now + days).timestamp()) for days in (timedelta(1), -timedelta(hours=1)))
        wrong: dict[Flaw, dict[str, Any]] = {
            Flaw.NONCE: {"nonce": "another's"},
            Flaw.NO_NONCE: {"nonce": None},
            Flaw.AUDIENCE: {"aud": "another"},
            Flaw.AUDIENCES: {"aud": [CLIENT, "another"], "azp": "another"},
            Flaw.EXPIRED: {"exp": before, "iat": before},
            Flaw.ENDLESS: {"exp": None},
            Flaw.FUTURE: {"iat": tomorrow, "exp": tomorrow + 60},
            Flaw.ISSUER: {"iss": "https://id.ailleurs.example"},
            Flaw.NOBODY: {"sub": None},
        }
        return {name: value for name, value in {**good, **wrong.get(self.flaw, {})}.items() if value is not None}


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider on loopback."""
    one = Provider()
    with listening(Wire(one.answer, publishes="/token")) as wire:
        one.url = wire.url
        yield one


def _written(*parts: object) -> str:
    """Head and claims, as they are signed (RFC 7515 §5.1)."""
    return ".".join(urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts)


def _json(value: object, status: int = 200) -> Reply:
    return Reply(status, json.dumps(value).encode())
