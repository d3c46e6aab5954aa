"""Exchanges over libcurl: under the same guard, pace, deadline and bounds as ``wire.transport``'s over httpx."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from time import monotonic
from types import TracebackType
from typing import Self

import httpx
import pycurl

from relay.intake.wire.address import WebAddress
from relay.intake.wire.curl.answer import reply
from relay.intake.wire.curl.failure import failure
from relay.intake.wire.curl.handle import Told
from relay.intake.wire.curl.handles import Handles
from relay.intake.wire.curl.question import Question, question
from relay.intake.wire.exchange import Headers, Reply
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Taking, Turns
from relay.intake.wire.transport import ACCEPT, as_httpx, user_agent


def polling(guard: Guard, contact: str | None, deadline: float = 30.0, turns: Taking | None = None) -> "OverCurl":
    """Exchanges for polls, as ``wire.transport.reading_client`` makes them; close it at the end."""
    agent = user_agent(contact)
    usual = {
        b"accept": ACCEPT.encode(),
        b"accept-encoding": b"gzip",
        b"connection": b"keep-alive",
        b"user-agent": agent.encode("ascii"),
    }
    return OverCurl(agent, usual, deadline, turns or Turns(), Handles(guard))


@dataclass(frozen=True, slots=True)
class OverCurl:
    """``deadline`` is in seconds, for a whole request with its body, once its turn has come."""

    agent: str
    usual: Mapping[bytes, bytes]
    deadline: float
    turns: Taking
    handles: Handles

    def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:
        """As ``Getting`` has it."""
        over = self.turns.take(url.place)
        try:
            return self._got(url, question(url, headers, self.usual, monotonic() + min(self.deadline, left)))
        except httpx.RequestError as error:
            error.request = httpx.Request("GET", url.text)
            raise
        finally:
            over()

    def _got(self, url: WebAddress, asked: Question) -> Reply:
        with as_httpx():
            return reply(self._told(asked), url, asked.end)

    def _told(self, asked: Question) -> Told:
        try:
            kept = self.handles.take(asked.origin)
            try:
                return kept.handle.perform(asked)
            finally:
                self.handles.give(kept, asked.origin)
        except pycurl.error as error:
            failed = failure(error)
            raise failed from failed.__cause__

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection that is not in use."""
        self.handles.close()
