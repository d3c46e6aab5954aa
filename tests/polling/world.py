"""A reader, the publishers it follows, and the time, which only the test moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.fakes.feed_server import Asked, FeedServer, Script
from tests.polling.documents import START, feed
from tests.polling.reader import Reader, Stored, Word

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class World:
    """All hosts are one server on loopback, told apart by the names they are asked by."""

    reader: Reader
    server: FeedServer
    now: datetime = START

    def url(self, place: str, scheme: str = "http") -> str:
        """The address of ``agence.test/feed``."""
        host, slash, path = place.partition("/")
        return f"{scheme}://{host}:{self.server.port}{slash}{path}"

    def says(self, place: str, *script: Script) -> None:
        """From now on ``place`` answers so, the last answer for ever."""
        self.server.sites[place] = list(script)

    def follow(self, *script: Script, place: str = "agence.test/feed", **options: Any) -> str:
        """A source that answers so is added; its address."""
        self.says(place, *(script or (feed(),)))
        self.reader.add(self.url(place), **options)
        return self.url(place)

    def tick(self, **later: float) -> list[Asked]:
        """The reader does what is due, so much later; the requests it made."""
        self.now += timedelta(**later)
        before = len(self.server.asked)
        self.reader.tick(self.now)
        return self.server.asked[before:]

    def next(self) -> Asked:
        """The first request of the next poll there is, whenever that is."""
        for wait in (timedelta(0), 75 * timedelta(minutes=1), DAY, 7 * DAY, 30 * DAY):
            self.now += wait
            asked = self.tick()
            if asked:
                return asked[0]
        raise AssertionError("nothing was asked for five weeks")

    def quiet(self, span: timedelta) -> None:
        """Time passes, all but a second of ``span``, and nothing is asked."""
        start = self.now
        for part in (0.1, 0.4, 0.7, 0.95, 1):
            self.now = start + part * span - SECOND
            asked = self.tick()
            assert not asked, f"asked {self.now - start} later, and {span} was to be waited: {asked[0].address}"

    def asks_after(self, least: timedelta, most: timedelta | None = None) -> list[Asked]:
        """Nothing is asked before ``least`` is over, and something before ``most`` is: a little longer, unless said."""
        start = self.now
        self.quiet(least)
        self.now = start + (most or 1.2 * least + HOUR)
        asked = self.tick()
        assert asked, f"nothing was asked for {self.now - start}, and {least} was to be waited"
        return asked

    def asks_within(self, span: timedelta) -> list[Asked]:
        """Something is asked before ``span`` is over."""
        self.now += span
        asked = self.tick()
        assert asked, f"nothing was asked for {span}"
        return asked

    def refresh(self, url: str) -> list[Asked]:
        """A person asks for a source."""
        before = len(self.server.asked)
        self.reader.refresh(url, self.now)
        return self.server.asked[before:]

    def entries(self, url: str) -> list[Stored]:
        """What the reader shows of a source."""
        return self.reader.entries(url)

    def titles(self, url: str) -> list[str | None]:
        """Their titles, sorted."""
        return sorted((entry.title for entry in self.entries(url)), key=str)

    def told(self, url: str) -> Word:
        """What its user is told."""
        return self.reader.told(url)


def conditions(asked: Asked) -> tuple[bytes | None, bytes | None]:
    """``If-None-Match`` and ``If-Modified-Since``."""
    return asked.header(b"if-none-match"), asked.header(b"if-modified-since")


def places(asked: Sequence[Asked]) -> list[str]:
    """What was asked for, in order."""
    return [request.address for request in asked]
