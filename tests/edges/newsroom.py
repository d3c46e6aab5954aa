"""A newsroom for tests of the pages: a real database with entries to judge, real networks' rules, and people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import uvicorn
from sqlalchemy import text

from relay.core.account import Account
from relay.core.crosspost import Crosspost, Keys
from relay.core.directory.handles import Body, Directory
from relay.core.document import ParsedEntry
from relay.core.entry import fingerprint, identities
from relay.core.feed import OutgoingFeed
from relay.core.identity.changes import Change
from relay.core.people import Role
from relay.core.post import Post
from relay.core.route import ApprovalRule, Route
from relay.core.source import Source
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client
from relay.networks.bluesky import network as bluesky
from relay.networks.mastodon import network as mastodon
from relay.pipeline import queue
from relay.pipeline.desk import Desk
from relay.pipeline.reading.reader import Reader
from relay.storage import crossposts, journal, people
from relay.storage.database import open_database
from relay.storage.journal import Line
from relay.storage.keys import Keyplace
from relay.web.app import create
from relay.web.office import Office
from relay.web.server import spoken
from tests.edges import entered
from tests.edges.opened import migrated
from tests.feeds import editions

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Newsroom:
    """An office served on loopback. ``nudged`` grows whenever the pages wake the delivery."""

    office: Office
    clock: Clock
    url: str = ""
    nudged: list[str] = field(default_factory=list)
    browsers: list[httpx.Client] = field(default_factory=list)

    def publish_entry(self, post: Post) -> int:
        """An entry as a poll stores it, with its cross-posts."""
        parsed = ParsedEntry(id=post.id, url=post.more_url, title=post.headline)
        new = Change("new", parsed, identities(parsed), fingerprint(parsed))
        with self.office.db.write() as tx:
            id = entered.add(tx, new, post, self.clock())
            queue.put(tx, queue.asked(self.office.desk, id, post, skipped=None, now=self.clock()), self.clock())
        return id

    def link(self, name: str, role: Role = Role.EDITOR) -> str:
        """A sign-in address for somebody new, or known already."""
        token = f"token-{name}-{next(_NUMBERS)}"
        with self.office.db.write() as tx:
            people.add(tx, name, role, self.clock())
            people.add_link(tx, token, name, self.clock() + timedelta(minutes=15))
        return f"/c/{token}"

    def visitor(self, **headers: str) -> httpx.Client:
        """A browser nobody has signed in with; forms come from our own pages unless ``headers`` say otherwise."""
        own = {"Sec-Fetch-Site": "same-origin", **{name.replace("_", "-"): text for name, text in headers.items()}}
        browser = httpx.Client(base_url=self.url, headers=own, trust_env=False, timeout=10)
        self.browsers.append(browser)
        return browser

    def editor(self, name: str = "camille", role: Role = Role.EDITOR) -> httpx.Client:
        """A browser in which somebody has signed in."""
        browser = self.visitor()
        assert browser.post(self.link(name, role)).status_code == 303
        return browser

    def crosspost(self, id: int) -> Crosspost:
        """A cross-post as it is now."""
        with self.office.db.read() as tx:
            found = crossposts.get(tx, id)
        assert found
        return found

    def history(self, id: int) -> list[Line]:
        """What happened to a cross-post."""
        with self.office.db.read() as tx:
            return journal.lines(tx, id)

    def told(self, subject: str) -> list[str]:
        """What the audit says of something else than a cross-post, in order."""
        with self.office.db.read() as tx:
            found = tx.execute(text("SELECT what FROM audit WHERE subject = :of ORDER BY id"), {"of": subject})
            return list(found.scalars())

    def change(self, *ids: int, **values: object) -> None:
        """Put cross-posts into a state that only deliveries bring about."""
        with self.office.db.write() as tx:
            for old in filter(None, (crossposts.get(tx, id) for id in ids)):
                assert crossposts.replace(tx, old, replace(old, **values))  # type: ignore[arg-type]  # the test names the fields


_NUMBERS = count()


def desk(rule: ApprovalRule, source: str) -> Desk:
    """One source, one feed, two accounts."""
    directory = Directory(
        {
            "anct": Body("anct", "ANCT", {"bluesky": "@anct.bsky.social", "mastodon": "@anct@social.exemple.fr"}),
            "anru": Body("anru", "ANRU", {"mastodon": "@anru@social.exemple.fr"}),
        }
    )
    accounts = {
        "masto": Account("masto", "mastodon", {"instance": "https://social.exemple.fr"}),
        "bsky": Account("bsky", "bluesky", {"handle": "blog.exemple.fr"}),
    }
    return Desk(
        sources={"anct": Source("anct", source, "Source : ANCT")},
        feeds=(OutgoingFeed("blog", "La ville en commun", editions.LINK, ("anct",), ("atom", "rss", "json", "html")),),
        accounts=accounts,
        routes=(Route(0, ("anct",), tuple(accounts), "{title} {mentions} {hashtags}\n\n{lead:160}\n\n{link}", rule),),
        directory=directory,
        networks={"mastodon": mastodon, "bluesky": bluesky},
        public_url="http://127.0.0.1",
    )


@contextmanager
def open_newsroom(
    folder: Path,
    rule: ApprovalRule | None = None,
    language: str = "fr",
    public_url: str = "http://127.0.0.1",
    source: str = "https://anct.exemple.fr/rss.xml",
    instance: str = "https://social.exemple.fr",
    database: str = "",
    wanted: Callable[[ApprovalRule, str], Desk] = desk,
    **more: Any,
) -> Iterator[Newsroom]:
    """A newsroom whose files are in ``folder``, with five entries, each for two accounts; ``more`` is of the office."""
    db = open_database(database) if database else migrated(folder / "relay.db")
    clock, numbers, nudged = Clock(), count(), list[str]()
    http = reading_client(Guard(("127.0.0.1",)), None, deadline=10, turns=Turns(gap=0))
    posting = httpx.Client(trust_env=False, timeout=10)
    wishes = wanted(rule or ApprovalRule(), source)
    masto = replace(wishes.accounts["masto"], options={"instance": instance})
    office = Office(
        db=db,
        desk=replace(
            wishes, accounts={**wishes.accounts, "masto": masto}, keyplace=Keyplace(file=folder / "relay.key")
        ),
        reader=Reader.over(http),
        feeds=folder / "feeds",
        public_url=public_url,
        language=language,
        zone="Europe/Paris",
        clock=clock,
        mint=lambda: Keys(clock(), next(numbers)),
        token=lambda: f"session-{next(numbers)}",
        nudge=lambda: nudged.append("deliver"),
        posting=posting,
        arrived=lambda: nudged.append("receive"),
        brought=lambda: nudged.append("publish"),
        **more,
    )
    with http, posting, served(office) as url:
        room = Newsroom(office, clock, url, nudged)
        for number in range(5):
            room.publish_entry(editions.post(number, hashtags=("PolitiqueDeLaVille",)))
        yield room
        for browser in room.browsers:
            browser.close()
    db.close()


@contextmanager
def served(office: Office, port: int = 0) -> Iterator[str]:
    """The pages on a port of this machine, a free one unless it is named; their address."""
    app = create(office)
    how = spoken(app, 1, (), hatch=app.state.hatch)
    how.port, how.lifespan = port, "off"
    server = uvicorn.Server(how)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(5)
