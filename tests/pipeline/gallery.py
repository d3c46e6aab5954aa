"""A relay whose news have pictures: a real server has them, and real files show them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from relay.building import FORMATS
from relay.core.document import ParsedEntry, Picture
from relay.core.entry import Entry
from relay.core.pictures.candidate import Candidate
from relay.core.source import Pictures
from relay.pipeline import pictures as step
from relay.pipeline.desk import Desk
from relay.pipeline.publish import publish
from relay.pipeline.reading.reader import Reader
from relay.storage import pictures
from relay.storage.database import Database
from tests.edges.pages import client
from tests.fakes.drawings import photograph, saved
from tests.fakes.feed_server import FeedServer, answer, listening
from tests.pipeline import world
from tests.pipeline.reading import Reading, item
from tests.pipeline.world import NOON

PHOTO = saved(photograph())


def desk(kept: Pictures = "page", fallback: Path | None = None) -> Desk:
    """The blog, with pictures as its source's ``pictures`` says."""
    one = world.desk()
    (blog,) = one.feeds
    return replace(
        one,
        sources={"cget": replace(one.sources["cget"], pictures=kept)},
        feeds=(replace(blog, fallback_picture=str(fallback) if fallback else None),),
    )


@dataclass
class Gallery:
    """Documents are handed in; pictures are asked for over real HTTP; the files are what a subscriber gets."""

    db: Database
    site: FeedServer
    reader: Reader
    folder: Path
    desk: Desk = field(default_factory=desk)
    now: datetime = NOON
    landed: int = 0

    @property
    def reading(self) -> Reading:
        return Reading(self.db, self.desk)

    def serve(self, path: str, body: bytes = PHOTO, status: int = 200) -> Picture:
        """Put a file on the server; the candidate that leads there."""
        self.site.pages[path] = answer(status, body)
        return Picture(self.site.url + path)

    def read(self, *pictures: Picture, name: str = "bilan", is_first: bool = False, **changes: object) -> None:
        """An entry with these candidates is read now."""
        options: dict[str, Any] = {"picture": next(iter(pictures), None), "pictures": pictures, **changes}
        one: ParsedEntry = item(name, **{"url": f"{self.site.url}/actu/{name}", **options})
        hours = (self.now - NOON) / timedelta(hours=1)
        self.reading.read(one, hours=hours, is_first=is_first)

    def look(self) -> int:
        return step.look(self.db, self.reader, self.desk, lambda: self.now, self._land)

    def _land(self) -> None:
        self.landed += 1

    def publish(self) -> list[str]:
        return publish(self.db, self.desk, FORMATS, self.folder, self.now)

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)

    def entry(self, number: int = 0) -> Entry:
        return self.reading.entries()[number]

    def picture(self, number: int = 0) -> Picture | None:
        return self.entry(number).post.picture

    def candidates(self, entry_id: int = 1) -> list[Candidate]:
        with self.db.read() as tx:
            return pictures.of(tx, entry_id)

    def states(self, entry_id: int = 1) -> list[str]:
        return [str(one.standing) for one in self.candidates(entry_id)]

    def asked(self, path: str) -> int:
        """How often the server was asked for it."""
        return sum(one.path == path for one in self.site.asked)

    def items(self) -> list[dict[str, Any]]:
        """The published JSON Feed's items, newest first; none before there is one."""
        file = self.folder / "blog" / "feed.json"
        found: list[dict[str, Any]] = json.loads(file.read_text())["items"] if file.exists() else []
        return found

    def files(self) -> list[str]:
        """The pictures in the feed's folder."""
        return sorted(file.name for file in (self.folder / "blog" / "pictures").glob("*"))


@contextmanager
def gallery_at(db: Database, folder: Path) -> Iterator[Gallery]:
    """An empty one; whatever is not put on its server is not found there."""
    with listening(answer(404)) as site, client() as http:
        yield Gallery(db, site, Reader.over(http), folder)
