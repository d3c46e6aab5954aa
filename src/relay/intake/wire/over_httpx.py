"""Exchanges over httpx: what is asked seldom, and tests that answer themselves (``httpx.MockTransport``)."""

from dataclasses import dataclass
from math import inf

import httpx

from relay.intake.wire.address import WebAddress
from relay.intake.wire.exchange import Headers, Reply


@dataclass(frozen=True, slots=True)
class OverHttpx:
    """Exchanges of a client that was made in ``wire.transport``."""

    http: httpx.Client

    @property
    def agent(self) -> str:
        """The client's."""
        return self.http.headers["user-agent"]

    def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:
        """As ``Getting`` has it."""
        request = self.http.build_request("GET", url.text, headers=list(headers), extensions={"left": left})
        answer = self.http.send(request)
        named = [(name.lower(), value) for name, value in answer.headers.raw]
        end = request.extensions.get("end", inf)
        return Reply(answer.status_code, answer.reason_phrase, url, named, answer.content, end)
