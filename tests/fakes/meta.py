"""How Meta exchanges tokens: a code for an hour, that for sixty days, and (Facebook) that for a Page's own."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.oauth import Authority
from tests.fakes.wire import Call, Reply

HOUR, LONG = timedelta(hours=1), timedelta(days=60)
YOUNG = timedelta(days=1)


@dataclass(slots=True)
class Meta:
    """``made_at`` are the long-lived tokens; ``pages`` what ``/me/accounts`` lists, ``size`` at a time."""

    authority: Authority
    client: tuple[str, str]
    long: str = ""
    """What the first long-lived token is, where the fake network knows one only."""
    pages: list[dict[str, str]] = field(default_factory=list)
    size: int = 100
    ends_at: int = 0
    made_at: dict[str, datetime] = field(default_factory=dict)
    _moves: int = 0

    def exchange(self, call: Call) -> Reply:
        """``/oauth/access_token``, and the two of Threads that begin otherwise."""
        asked = dict(parse_qsl(call.body.decode() or urlsplit(call.path).query))
        match asked.get("grant_type"):
            case "fb_exchange_token":
                return self._longer(asked, asked["fb_exchange_token"])
            case "th_exchange_token":
                return self._longer({**asked, "client_id": self.client[0]}, asked["access_token"])
            case "th_refresh_token":
                return self._renewed(asked["access_token"])
        if self._is_app(asked):
            plain = {name: value for name, value in asked.items() if name != "client_secret"}
            return self._of_code(plain)
        return self.no(101, "Error validating application. Cannot get application info due to a system error.")

    def accounts(self, call: Call) -> Reply:
        """``/me/accounts``, a page at a time."""
        token = call.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.made_at:
            return self.no(190, f"Invalid OAuth access token: {token}")
        start = int(dict(parse_qsl(urlsplit(call.path).query)).get("after") or 0)
        shown = self.pages[start : start + self.size]
        more = start + self.size < len(self.pages)
        paging = {"cursors": {"after": str(start + self.size)}} | ({"next": "https://…"} if more else {})
        return self.authority.reply(200, {"data": shown, "paging": paging})

    def debug(self, call: Call) -> Reply:
        """``/debug_token``: when a token ends; 0 for never."""
        assert call.headers["authorization"] == f"Bearer {'|'.join(self.client)}"
        return self.authority.reply(200, {"data": {"is_valid": True, "expires_at": self.ends_at}})

    def no(self, code: int, words: str, subcode: int = 0) -> Reply:
        told: dict[str, Any] = {"message": words, "type": "OAuthException", "code": code, "fbtrace_id": "A"}
        return self.authority.reply(400, {"error": told | ({"error_subcode": subcode} if subcode else {})})

    def _is_app(self, asked: dict[str, str]) -> bool:
        return (asked.get("client_id", ""), asked.get("client_secret", "")) == self.client

    def _of_code(self, asked: dict[str, str]) -> Reply:
        consent = self.authority.consents.pop(asked.get("code", ""), None)
        if consent is None:
            return self.no(100, f"This authorization code has been used: {asked.get('code')}", 36009)
        if consent.ends_at <= self.authority.now:
            return self.no(100, "This authorization code has expired.", 36007)
        if consent.redirect != asked.get("redirect_uri"):
            return self.no(100, "Error validating verification code. Please make sure your redirect_uri is identical")
        return self._given("short", HOUR)

    def _longer(self, asked: dict[str, str], short: str) -> Reply:
        if not self._is_app(asked) or not self.authority.holds(short):
            return self.no(190, f"Error validating access token: {short}")
        return self._given("long", LONG)

    def _renewed(self, token: str) -> Reply:
        if not self.authority.holds(token):
            return self.no(190, f"Error validating access token: Session has expired: {token}")
        if self.authority.now - self.made_at[token] < YOUNG:
            return self.no(100, "Token is not old enough to be refreshed")
        return self._given("long", LONG)

    def _given(self, kind: str, life: timedelta) -> Reply:
        self._moves += 1
        token = self.long if kind == "long" and self.long and not self.made_at else f"{kind}-not-real-{self._moves}"
        self.authority.access[token] = self.authority.now + life
        if kind == "long":
            self.made_at[token] = self.authority.now
        told = {"access_token": token, "token_type": "bearer", "expires_in": int(life.total_seconds())}
        return self.authority.reply(200, told)
