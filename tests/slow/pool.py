"""A client whose requests are given up at every moment, and what it can do afterwards."""

import asyncio
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from socket import create_server, socket

import httpx

from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import Transport
from tests.fakes.feed_server import Asked, Drip, answer, listening

AFTER = 100
"""Requests to a healthy server, once all others are given up."""
AT_ONCE, CONNECTIONS = 100, 10
"""Requests at a time, and the connections that they share."""
SOON = 0.02
"""Seconds within which a request is given up."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Addresses: of servers that never get to the end, each in its way, and of one that is well."""

    slow: tuple[str, ...]
    well: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """``given_up`` of those asked, and how many of ``AFTER`` were answered afterwards."""

    given_up: int
    answered: int


@contextmanager
def ends() -> Iterator[Ends]:
    """Nobody accepts; nobody answers; a head, a body that drips; and an answer at once."""
    head, body = b"HTTP/1.1 200 OK\r\n", answer(body=b" " * 90_000)[:200]
    with ExitStack() as stack:
        full = stack.enter_context(create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):  # more than wait in its line: to whoever comes then nothing is said
            waiting = stack.enter_context(socket())
            waiting.settimeout(0)
            waiting.connect_ex(full.getsockname())
        mute = stack.enter_context(create_server(("127.0.0.1", 0), backlog=4096))
        dripping = [
            stack.enter_context(listening(partial(_drip, first, rest)))
            for first, rest in ((head, b"X-Slow: a\r\n"), (body, b" "))
        ]
        well = stack.enter_context(listening(answer(body=b"<rss/>")))
        bound = [f"http://127.0.0.1:{one.getsockname()[1]}/" for one in (full, mute)]
        yield Ends((*bound, *(one.url for one in dripping)), well.url)


def _drip(first: bytes, rest: bytes, _: Asked) -> Drip:
    return Drip(chain([first], repeat(rest, 200)), SOON / 4)


def ours(far: Ends, count: int, seed: int = 0) -> Outcome:
    """relay's own client: a deadline that ends each, or a caller who closes what has begun."""
    chance = random.Random(seed)  # noqa: S311  # which request is given up when
    tried = [(chance.choice(far.slow), chance.random() * SOON, chance.random() < 0.3) for _ in range(count)]
    with httpx.Client(transport=Transport(Guard(("127.0.0.1",)), 10.0, connections=CONNECTIONS)) as http:

        def give_up(one: tuple[str, float, bool]) -> bool:
            url, left, is_closed = one
            try:
                with http.stream("GET", url, extensions={"left": left}) as begun:
                    return is_closed or not begun.read()
            except httpx.TransportError:
                return True

        with ThreadPoolExecutor(AT_ONCE) as pool:
            given_up = sum(pool.map(give_up, tried))
            answered = sum(pool.map(lambda _: _is_answered(http, far.well), range(AFTER)))
    return Outcome(given_up, answered)


def _is_answered(http: httpx.Client, url: str) -> bool:
    try:
        return http.get(url).status_code == 200
    except httpx.TransportError:
        return False


def usual(far: Ends, count: int, seed: int = 0) -> Outcome:
    """httpx with its own pool, and deadlines by cancellation: what relay would be without a transport of its own."""
    return asyncio.run(_usual(far, count, seed))


async def _usual(far: Ends, count: int, seed: int) -> Outcome:
    chance = random.Random(seed)  # noqa: S311  # as above
    limits = httpx.Limits(max_connections=CONNECTIONS)
    async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=httpx.Timeout(10, pool=0.5)) as http:

        async def give_up() -> bool:
            try:
                async with asyncio.timeout(chance.random() * SOON):
                    await http.get(chance.choice(far.slow))
            except (TimeoutError, httpx.TransportError):
                return True
            return False

        given_up = 0
        for _ in range(0, count, AT_ONCE):
            given_up += sum(await asyncio.gather(*(give_up() for _ in range(AT_ONCE))))
        answered = 0
        for _ in range(AFTER if await _is_answered_too(http, far.well) else 0):
            answered += await _is_answered_too(http, far.well)
        return Outcome(given_up, answered)


async def _is_answered_too(http: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(url)).status_code == 200
    except httpx.TransportError:
        return False
