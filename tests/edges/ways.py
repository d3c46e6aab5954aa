"""How a poll may go: over libcurl, one by one or many at once, and over httpx. What polls promise holds on each."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from math import inf

from relay.intake.wire.address import WebAddress, web_address
from relay.intake.wire.curl.over_curl import polling
from relay.intake.wire.exchange import Exchanges, Getting, Headers, Reply
from relay.intake.wire.guard import Guard
from relay.intake.wire.over_httpx import OverHttpx
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client

Opening = Callable[[Guard, str | None, float], AbstractContextManager[Getting]]
"""A guard, a contact, a deadline in seconds → a way that waits for nobody."""


@contextmanager
def over_httpx(guard: Guard, contact: str | None = None, deadline: float = 30.0) -> Iterator[Getting]:
    with reading_client(guard, contact, deadline, Turns(gap=0)) as http:
        yield OverHttpx(http)


@contextmanager
def over_curl(guard: Guard, contact: str | None = None, deadline: float = 30.0) -> Iterator[Getting]:
    with polling(guard, contact, deadline, Turns(gap=0)) as way:
        yield way


@dataclass(frozen=True, slots=True)
class Alone:
    """One of many exchanges at a time, as if somebody waited for it."""

    exchanges: Exchanges

    @property
    def agent(self) -> str:
        return self.exchanges.agent

    def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:
        self.exchanges.start(url, url, headers, left)
        ended = self.exchanges.done(60)
        while not ended:
            ended = self.exchanges.done(60)
        assert [key for key, _ in ended] == [url]
        if isinstance(said := ended[0][1], Exception):
            raise said
        return said


@contextmanager
def over_multi(guard: Guard, contact: str | None = None, deadline: float = 30.0) -> Iterator[Getting]:
    with polling(guard, contact, deadline, Turns(gap=0)) as way, closing(way.many()) as exchanges:
        yield Alone(exchanges)


def asked(exchanges: Exchanges, *urls: str) -> dict[Hashable, Reply | Exception]:
    """What each address has come to."""
    for url in urls:
        exchanges.start(url, web_address(url), ())
    return ended(exchanges, len(urls))


def ended(exchanges: Exchanges, number: int) -> dict[Hashable, Reply | Exception]:
    """So many that end next."""
    found: dict[Hashable, Reply | Exception] = {}
    while len(found) < number:
        found |= dict(exchanges.done(10))
    return found


def status(said: Reply | Exception) -> int:
    assert isinstance(said, Reply), said
    return said.status


WAYS = {"curl": over_curl, "many": over_multi, "httpx": over_httpx}
