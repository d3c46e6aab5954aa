"""A day of relay's in small: polled, published, approved, delivered, while the disk is in the way now and then."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile
from threading import Event
from typing import Any, cast

import httpx

from relay import loops
from relay.building import FORMATS
from relay.config.configuration import Configuration, Service
from relay.core.crosspost import Keys, State
from relay.core.route import ApprovalRule
from relay.pipeline import review
from relay.pipeline.auditing import verify
from relay.pipeline.desk import Desk
from relay.pipeline.reading.reader import Reader
from relay.service import Relay
from relay.storage import crossposts
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from tests.disk.seam import Seam, placed
from tests.pipeline.world import CAMILLE, NOON, Agency, FarEnd, desk

TICK = timedelta(seconds=5)
MOST = 50
"""Ticks after which it is not to be hoped for any more."""
POSTS = 4
SECONDS = 60
"""After the last failure all has to be well again."""

Job = Callable[[], object]


def wishes() -> Desk:
    """The blog of the pipeline's tests, its recall window closed at once."""
    blog = desk()
    return replace(blog, routes=tuple(replace(one, approval=ApprovalRule(undo=timedelta(0))) for one in blog.routes))


@dataclass
class Life:
    """One relay on its folder; ``stops`` is a planted bug: a loop that fails never runs again."""

    folder: Path
    seam: Seam
    stops: bool = False
    forgets: bool = False
    now: datetime = NOON
    agency: Agency = field(default_factory=Agency)
    network: FarEnd = field(default_factory=FarEnd)
    posted: Counter[str] = field(default_factory=Counter)
    healed_at: datetime = NOON
    unnamed: list[str] = field(default_factory=list)
    unsaid: int = 0
    """Ticks that failed, after which health did not know of anything."""

    def lived(self) -> "Verdict":
        """All of it, to the end."""
        self.network.before = lambda request: self.posted.update([request.url.path])
        db = open_database(str(self.folder / "relay.db"))
        try:
            migrate(db)  # nothing is left to do, unless there was no template
            with placed(self.seam, db):
                return self._live(self._relay(db))
        finally:
            db.close()

    def _relay(self, db: Database) -> Relay:
        blog = wishes()
        service = Service(database=str(self.folder / "relay.db"), feeds=self.folder / "feeds")
        configuration = Configuration(1, "UTC", "en", service, tuple(blog.sources.values()), blog.feeds)
        reading = Reader.over(httpx.Client(transport=httpx.MockTransport(self.agency.answer)))
        posting = httpx.Client(transport=httpx.MockTransport(self.network.answer))
        nothing = cast("Any", None)
        return Relay(configuration, blog, db, reading, posting, lambda: self.now, FORMATS, nothing)

    def _live(self, relay: Relay) -> "Verdict":
        behind = Event()
        jobs: dict[str, Job] = {
            "poll": lambda: loops.news(relay, None, behind),
            "publish": lambda: loops.bring_up(relay, behind),
            "approve": lambda: self._approve(relay),
            "deliver": lambda: loops.deliveries(relay),
            "examine": relay.examine,
        }
        behind.set()
        for _ in range(MOST):
            for name, job in [*jobs.items()]:
                if not self._run(relay, job) and self.stops:
                    del jobs[name]
            self.now += TICK
            if self.is_done(relay) and not relay.ailments.is_any:
                break
        return self._verdict(relay)

    def _run(self, relay: Relay, job: Job) -> bool:
        """As the daemon's scheduler does it. Whether it went well."""
        before = self.seam.failed
        try:
            job()
        except Exception as error:  # noqa: BLE001  # judged by the verdict
            if relay.ails(error) is None:
                self.unnamed.append(f"{type(error).__name__}: {error}")
            self.unsaid += not relay.ailments.is_any
            if self.forgets:
                relay.hand.owed.clear()
            return False
        finally:
            if self.seam.failed > before:
                self.healed_at = self.now
        return True

    def _approve(self, relay: Relay) -> None:
        with relay.db.read() as tx:
            waiting = crossposts.by_state(tx, (State.WAITING,))
        for one in waiting:
            keys = Keys(self.now, one.id)
            review.approve(relay.db, relay.desk, one.id, (CAMILLE, "test"), one.revision, keys)

    def is_done(self, relay: Relay) -> bool:
        """Whether all is sent, and the feeds have all of it."""
        with relay.db.read() as tx:
            sent = crossposts.by_state(tx, (State.SENT,))
        return len(sent) == POSTS and not self.missing()

    def missing(self) -> list[str]:
        """Titles that a document lacks."""
        folder = self.folder / "feeds" / "blog"
        files = [folder / name for name in ("atom.xml", "rss.xml", "feed.json", "index.html")]
        texts = [file.read_text() if file.exists() else "" for file in files]
        return [title for title in self.agency.titles for text in texts if title not in text]

    def _verdict(self, relay: Relay) -> "Verdict":
        chain, strays = verify(relay.db)
        with relay.db.read() as tx:
            stored = len(crossposts.by_state(tx, tuple(State)))
            sound = tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        wrong = {
            "not all is sent and published": not self.is_done(relay),
            "stored twice, or not at all": stored != POSTS,
            "sent twice": any(number > 1 for number in self.posted.values()),
            "the file is damaged": not sound,
            "the audit does not hold": bool(chain.wrong) or bool(strays),
            "files were left": any(self.folder.rglob(".relay-*")),
            "an error without a name": bool(self.unnamed),
            "health did not say it": self.unsaid > 0 or relay.ailments.is_any,
        }
        late = (self.now - self.healed_at).total_seconds()
        if not self.seam.after and self.seam.failed and late > SECONDS:
            wrong[f"it took {late:.0f} seconds"] = True
        return Verdict(tuple(what for what, is_so in wrong.items() if is_so), late, self.seam, tuple(self.unnamed))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong; seconds from the last failure to the end."""

    wrong: tuple[str, ...]
    seconds: float
    seam: Seam
    unnamed: tuple[str, ...] = ()


def template(folder: Path) -> Path:
    """A database that has all its tables, and nothing in them."""
    file = folder / "template.db"
    db = open_database(str(file))
    migrate(db)
    db.close()
    return file


def live(folder: Path, seam: Seam, made: Path, *, stops: bool = False, forgets: bool = False) -> Verdict:
    """One life with that seam beneath it; nothing of it is logged."""
    folder.mkdir(parents=True, exist_ok=True)
    logging.disable(logging.CRITICAL)
    try:
        copyfile(made, folder / "relay.db")
        return Life(folder, seam, stops=stops, forgets=forgets).lived()
    finally:
        logging.disable(logging.NOTSET)
