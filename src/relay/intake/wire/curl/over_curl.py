"""Exchanges over libcurl: under the same guard, pace, deadline and bounds as ``wire.transport``'s over httpx."""

from functools import partial
from math import inf
from types import TracebackType
from typing import Self

from relay.intake.wire.address import WebAddress
from relay.intake.wire.by_threads import ByThreads
from relay.intake.wire.curl.driver import Driver
from relay.intake.wire.curl.means import Manner
from relay.intake.wire.curl.over_multi import OverMulti
from relay.intake.wire.curl.pile import Pile
from relay.intake.wire.exchange import Exchanges, Headers, Reply
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Standing, Taken, Taking, Turns
from relay.intake.wire.transport import ACCEPT, user_agent


def polling(guard: Guard, contact: str | None, deadline: float = 30.0, turns: Taking | None = None) -> "OverCurl":
    """Exchanges for polls, as ``wire.transport.reading_client`` makes them; close it at the end."""
    agent = user_agent(contact)
    usual = {
        b"accept": b"accept: " + ACCEPT.encode(),
        b"accept-encoding": b"accept-encoding: gzip",
        b"connection": b"connection: keep-alive",
        b"user-agent": b"user-agent: " + agent.encode("ascii"),
    }
    return OverCurl(agent, Manner(guard, usual, deadline), turns or Turns())


class OverCurl:
    """One exchange for which a thread waits (``get``), or ``many`` for which none does."""

    def __init__(self, agent: str, manner: Manner, turns: Taking) -> None:
        self.agent, self._manner, self._turns = agent, manner, turns
        self._pile = Pile()
        self._driver = Driver(lambda: self._over_multi(Taken()))

    def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:
        """As ``Getting`` has it."""
        over = self._turns.take(url.place)
        try:
            said = self._driver.get(url, headers, left)
        finally:
            over()
        if isinstance(said, Exception):
            raise said
        return said

    def many(self, at_once: int = 128) -> Exchanges:
        """For one thread, which closes it. So many others wait for turns that are shared with other processes."""
        return self._over_multi(self._turns) if isinstance(self._turns, Turns) else ByThreads(self, at_once)

    def _over_multi(self, turns: Standing) -> OverMulti:
        means = self._pile.take()
        return OverMulti(self.agent, means, self._manner, turns, partial(self._pile.give, means))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._driver.close()
        self._pile.close()
