"""A first run on thousands of entries, then the same ones again, each time by a relay that has just started."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
from sqlalchemy import text

from relay.building import FORMATS
from relay.core.source import Backlog
from relay.pipeline.deliver import deliver
from relay.pipeline.poll import poll_due
from relay.pipeline.publish import publish
from relay.pipeline.reading.reader import Reader
from relay.pipeline.tidy import tidy
from relay.storage.database import Database
from tests.edges.opened import opened
from tests.floods.ways import Items, Way, items, rss
from tests.pipeline.world import NOON, desk

QUEUED = 10
"""How many entries of a first poll editors are asked about at most, in this configuration."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is: entries, cross-posts, entries in the feed (and how many of them are twice there), posts sent."""

    entries: int
    crossposts: int
    shown: int
    twice: int
    sent: int


@dataclass(slots=True)
class Flood:
    """A folder with a database and feeds, and what happened; ``wrong`` has a sentence for all that must not be."""

    folder: Path
    number: int
    wrong: list[str] = field(default_factory=list)
    sent: int = 0

    def first(self) -> Found:
        """The first poll."""
        found = self._served(items(self.number), ("first", rss, "application/rss+xml"), 0)
        if found.sent:
            self.wrong.append(f"{found.sent} posts were sent by a first poll")
        if found.crossposts > QUEUED * 2:
            self.wrong.append(f"{found.crossposts} cross-posts were queued by a first poll")
        if (found.entries, found.shown, found.twice) != (self.number, min(self.number, 50), 0):
            self.wrong.append(f"after the first poll there is {found}")
        return found

    def again(self, way: Way, place: int, before: Found) -> None:
        """The same entries another time."""
        found = self._served(items(self.number), way, place)
        if found != before:
            self.wrong.append(f"{way[0]}: {before} became {found}")

    def _served(self, some: Items, way: Way, place: int) -> Found:
        _, write, kind = way
        now = NOON + timedelta(hours=2 * place)
        answer = httpx.Response(200, headers={"Content-Type": kind}, content=write(some))
        with opened(self.folder) as db, httpx.Client(transport=httpx.MockTransport(lambda _: answer)) as http:
            wishes = desk(backlog=Backlog("latest", QUEUED))
            source = replace(wishes.sources["cget"], url="https://agence.example/rss")
            wishes = replace(wishes, sources={"cget": source})
            poll_due(db, Reader.over(http), wishes, ["cget"], now)
            publish(db, wishes, FORMATS, self.folder / "feeds", now)
            with httpx.Client(transport=httpx.MockTransport(self._posted)) as posting:
                tidy(db, posting, wishes, now)
                deliver(db, posting, wishes, lambda: now)
            return self._found(db)

    def _posted(self, _: httpx.Request) -> httpx.Response:
        self.sent += 1
        return httpx.Response(201, json={"url": "https://sandbox.example/1"})

    def _found(self, db: Database) -> Found:
        with db.read() as tx:
            entries = tx.execute(text("select count(*) from entries")).scalar() or 0
            queued = "select count(*) from crossposts where state != 'skipped'"
            crossposts = tx.execute(text(queued)).scalar() or 0
        feed = ET.fromstring((self.folder / "feeds" / "blog" / "atom.xml").read_bytes())  # noqa: S314  # our own
        links = [one.get("href") for one in feed.findall("{*}entry/{*}link[@rel='alternate']")]
        return Found(entries, crossposts, len(links), len(links) - len(set(links)), self.sent)
