"""The sources: many on each host, each with its news at once; who asked when is written down."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from random import Random
from time import monotonic

from relay.wiring import clock
from tests.fakes.wire import Call, Reply
from tests.scale.names import worker_of

A_HOST = 10
"""Sources of one host."""
SLOW = (0.05, 0.3)
"""Seconds that an answer takes: so that whoever dies has asked something."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, in seconds of the monotonic clock, which is one for all processes of a machine."""

    began: float
    ended: float
    worker: str
    source: int
    host: str


@dataclass(slots=True)
class Farm:
    """``each``: entries of a source. The news of source ``n`` are numbered from ``n * each``."""

    each: int
    chance: Random
    asked: list[Asked] = field(default_factory=list)
    began: datetime = field(default_factory=clock)

    async def answer(self, host: str, call: Call) -> Reply:
        """A source's document, or that it is as it was."""
        source, began = int(call.path.rpartition("/")[2]), monotonic()
        await asyncio.sleep(self.chance.uniform(*SLOW))
        etag = f'"{source}"'
        headers = {"etag": etag, "content-type": "application/rss+xml"}
        is_known = call.headers.get("if-none-match") == etag
        self.asked.append(Asked(began, monotonic(), worker_of(call), source, host))
        return Reply(304, b"", headers) if is_known else Reply(200, self._document(source, host), headers)

    def _document(self, source: int, host: str) -> bytes:
        items = "".join(self._item(source * self.each + place, place, host) for place in range(self.each))
        head = f"<title>Agence {source}</title><link>http://{host}/</link><description>Nouvelles</description>"
        return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()

    def _item(self, number: int, place: int, host: str) -> str:
        moment = self.began - timedelta(seconds=5 * place + 5)
        link = f"<link>http://{host}/{number}.html</link><guid isPermaLink='false'>urn:scale:{number}</guid>"
        date = f"<pubDate>{format_datetime(moment, usegmt=True)}</pubDate>"
        return f"<item><title>Dépêche {number}</title>{link}{date}<description>Texte {number}.</description></item>"


def host_of(source: int) -> str:
    """The address of a source's host: none but loopback has so many."""
    number = source // A_HOST
    return f"127.1.{number // 250}.{number % 250 + 1}"
