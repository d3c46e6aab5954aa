"""An authorization server (RFC 6749 with RFC 7636), as networks have one: codes once and briefly, tokens that end.

``allow`` and ``deny`` are the person in the browser; what they give are the parameters of the way back.
"""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.fakes.wire import Call, Reply


@dataclass(frozen=True, slots=True)
class Client:
    """An app: its secret, empty where it can keep none, and where it may be come back to."""

    secret: str
    redirects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """A yes, until its code is used."""

    client: str
    redirect: str
    challenge: str
    scope: str
    ends_at: datetime


@dataclass(slots=True)
class Authority:
    """Its whole memory. ``now`` is its clock, and only tests move it."""

    now: datetime = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
    code_life: timedelta = timedelta(minutes=10)
    token_life: timedelta | None = None
    refresh_life: timedelta | None = None
    """Whether refresh tokens are given, and how long they hold."""
    tells_refresh_end: bool = False
    rotates: bool = True
    repeats: bool = True
    """Whether a refresh token that stays is said again with each answer."""
    has_pkce: bool = True
    """Whether it knows PKCE at all: one that does not takes no notice of a verifier."""
    basic: bool = False
    """Whether a client's secret has to stand in a header."""
    first: str = ""
    """What the first access token is: a fake network may know one only."""
    says: tuple[int, bytes] | None = None
    """A status and body for every call to the token endpoint."""
    clients: dict[str, Client] = field(default_factory=dict)
    consents: dict[str, Consent] = field(default_factory=dict)
    access: dict[str, datetime | None] = field(default_factory=dict)
    refreshing: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    """Refresh tokens that hold: whose client, and until when."""
    extra: dict[str, Any] = field(default_factory=dict)
    """What else stands in a token answer."""
    numbers: Iterator[int] = field(default_factory=count)

    def allow(self, url: str) -> dict[str, str]:
        """The person says yes at ``url``."""
        asked = self._asked(url)
        given = f"code-not-a-real-one-{next(self.numbers)}"
        proof = asked.get("code_challenge", "") if self.has_pkce else ""
        assert not proof or asked["code_challenge_method"] == "S256"
        self.consents[given] = Consent(
            asked["client_id"], asked["redirect_uri"], proof, asked.get("scope", ""), self.now + self.code_life
        )
        return {"code": given} | ({"state": asked["state"]} if "state" in asked else {})

    def deny(self, url: str, error: str = "access_denied") -> dict[str, str]:
        """The person says no."""
        return {"error": error, "error_description": "The resource owner denied it", "state": self._asked(url)["state"]}

    def token(self, call: Call) -> Reply:
        """The token endpoint."""
        if self.says:
            return Reply(self.says[0], self.says[1])
        form = dict(parse_qsl(call.body.decode()))
        client = self._client(call, form)
        if client is None:
            return self.no(401, "invalid_client", "Client authentication failed")
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchanged(client, form)
            case "refresh_token":
                return self._refreshed(client, form.get("refresh_token", ""))
            case "client_credentials":
                return self.reply(200, {"access_token": "of-the-app-only", "token_type": "Bearer"})
        return self.no(400, "unsupported_grant_type", "No such grant")

    def holds(self, token: str) -> bool:
        """Whether an access token is one, and still is."""
        ends_at = self.access.get(token, self.now)
        return token in self.access and (ends_at is None or ends_at > self.now)

    def no(self, status: int, error: str, words: str) -> Reply:
        return self.reply(status, {"error": error, "error_description": words})

    def reply(self, status: int, content: Any) -> Reply:
        return Reply(status, json.dumps(content).encode(), {"date": format_datetime(self.now, usegmt=True)})

    def _asked(self, url: str) -> dict[str, str]:
        asked = dict(parse_qsl(urlsplit(url).query))
        assert asked["response_type"] == "code"
        assert asked["redirect_uri"] in self.clients[asked["client_id"]].redirects
        return asked

    def _client(self, call: Call, form: dict[str, str]) -> str | None:
        kind, _, written = call.headers.get("authorization", "").partition(" ")
        known, _, secret = b64decode(written).decode().partition(":") if kind == "Basic" else ("", "", "")
        own = (unquote(known), unquote(secret)) if self.basic and kind == "Basic" else _told(form)
        client = self.clients.get(own[0])
        return own[0] if client and client.secret == own[1] else None

    def _exchanged(self, client: str, form: dict[str, str]) -> Reply:
        """A code is worth one answer, whether that is a yes or a no."""
        consent = self.consents.pop(form.get("code", ""), None)
        proof = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if (
            consent is None
            or (consent.client, consent.redirect) != (client, form.get("redirect_uri"))
            or consent.ends_at <= self.now
            or (consent.challenge and consent.challenge != proof)
        ):
            return self.no(400, "invalid_grant", f"The grant is invalid, expired or revoked: {form.get('code')}")
        return self.reply(200, self._minted(client) | {"scope": consent.scope})

    def _refreshed(self, client: str, given: str) -> Reply:
        """Where refresh tokens rotate, the old one dies with the answer."""
        owner, ends_at = self.refreshing.get(given, ("", self.now))
        if owner != client or ends_at <= self.now:
            return self.no(400, "invalid_grant", f"The refresh token is invalid: {given}")
        if self.rotates:
            del self.refreshing[given]
        return self.reply(200, self._minted(client, None if self.rotates else given))

    def _minted(self, client: str, kept: str | None = None) -> dict[str, Any]:
        token = self.first if self.first and not self.access else f"token-not-a-real-one-{next(self.numbers)}"
        self.access[token] = self.now + self.token_life if self.token_life else None
        told: dict[str, Any] = {"access_token": token, "token_type": "Bearer", **self.extra}
        if self.token_life:
            told["expires_in"] = int(self.token_life.total_seconds())
        if self.refresh_life and (self.repeats or not kept):
            again = kept or f"refresh-not-a-real-one-{next(self.numbers)}"
            self.refreshing.setdefault(again, (client, self.now + self.refresh_life))
            told["refresh_token"] = again
            if self.tells_refresh_end:
                told["refresh_token_expires_in"] = int((self.refreshing[again][1] - self.now).total_seconds())
        return told


def _told(form: dict[str, str]) -> tuple[str, str]:
    return form.get("client_id", ""), form.get("client_secret", "")
