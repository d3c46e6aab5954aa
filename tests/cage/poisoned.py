"""A feed with bad entries among good ones goes through relay: what is stored, what is published, what is said."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from lxml import etree
from sqlalchemy import select

from relay.building import FORMATS
from relay.core.source import Backlog
from relay.intake.parsing import DIRECT, Parsing
from relay.pipeline.poll import poll_due
from relay.pipeline.publish import publish
from relay.pipeline.reading.reader import Reader
from relay.storage import fetches
from relay.storage.database import Database
from relay.storage.tables.editorial import entries
from tests.cage.poison import feed, good
from tests.edges.opened import opened
from tests.pipeline.world import NOON, desk


@dataclass(frozen=True, slots=True)
class Outcome:
    """The titles that are stored, those in the feed, and what the fetch says of the document."""

    stored: tuple[str, ...]
    shown: tuple[str, ...]
    answer: str
    notes: tuple[str, ...]

    @property
    def good(self) -> int:
        """How many of the good ones are stored."""
        return sum(title.startswith("good-") for title in self.stored)


def poisoned(folder: Path, bad: list[bytes], number: int, parsing: Parsing = DIRECT) -> Outcome:
    """One cycle over a feed of ``bad`` entries, each after some of ``number`` good ones."""
    every = [good(one) for one in range(number)]
    step = max(number // max(len(bad), 1), 1)
    for place, item in enumerate(bad):
        every.insert((place + 1) * step + place, item)
    body = feed(every)
    folder.mkdir(parents=True, exist_ok=True)
    with opened(folder) as db:
        return _cycle(db, folder / "feeds", body, parsing)


def _cycle(db: Database, feeds: Path, body: bytes, parsing: Parsing) -> Outcome:
    usual = desk(backlog=Backlog("latest", 3))
    wide = replace(usual, feeds=(replace(usual.feeds[0], size=200),))
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    with httpx.Client(transport=transport) as http:
        poll_due(db, Reader.over(http, parsing), wide, None, NOON)
    publish(db, wide, FORMATS, feeds, NOON)
    with db.read() as tx:
        titles = tuple(str(title) for title in tx.execute(select(entries.c.title)).scalars())
        last = fetches.of(tx, "cget")[0]
    return Outcome(titles, _shown(feeds / "blog"), last.answer, last.notes)


def _shown(folder: Path) -> tuple[str, ...]:
    """What each format shows, which must be the same; a document that is not well-formed raises here."""
    atom = etree.parse(folder / "atom.xml").findall("{*}entry/{*}title")
    rss = etree.parse(folder / "rss.xml").findall("channel/item/title")
    items = json.loads((folder / "feed.json").read_text("utf-8"))["items"]
    assert len(atom) == len(rss) == len(items)
    return tuple(one.text or "" for one in atom)
