"""A whole relay on a real database and real files; only the internet is played, by two functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from relay.building import FORMATS
from relay.core.account import Account, Pace
from relay.core.crosspost import Crosspost, Keys, State
from relay.core.directory.handles import Body, Directory
from relay.core.feed import OutgoingFeed
from relay.core.people import Editor, Role
from relay.core.route import ApprovalRule, Route
from relay.core.source import Backlog, Source
from relay.networks.sandbox import network as sandbox
from relay.pipeline import review
from relay.pipeline.deliver import Delivered, deliver
from relay.pipeline.desk import Desk
from relay.pipeline.poll import poll_due
from relay.pipeline.polling.asking import Polled
from relay.pipeline.publish import publish
from relay.pipeline.reading.reader import Reader
from relay.pipeline.tidy import tidy
from relay.storage import crossposts
from relay.storage.database import Database

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CAMILLE = Editor("camille", Role.EDITOR)


class Crash(BaseException):
    """The process is gone, here and now."""


@dataclass
class Agency:
    """The source's server: a feed, its validators, and the requests it got."""

    titles: list[str] = field(default_factory=lambda: ["Un premier bilan", "Des quartiers mieux reliés"])
    etag: str = '"v1"'
    requests: list[httpx.Request] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        validators = {"ETag": self.etag, "Last-Modified": "Tue, 24 Nov 2026 09:00:00 GMT"}
        if request.headers.get("If-None-Match") == self.etag:
            return httpx.Response(304, headers=validators)
        return httpx.Response(200, headers={**validators, "Content-Type": "application/rss+xml"}, content=self.feed())

    def feed(self) -> bytes:
        items = "".join(self.item(number, title) for number, title in enumerate(self.titles, start=1))
        head = "<title>Agence</title><link>https://agence.example/</link><description>Actualités</description>"
        return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()

    def item(self, number: int, title: str) -> str:
        """Items are an hour apart, the first the newest."""
        when = NOON - timedelta(hours=number)
        return (
            f"<item><title>{title}</title><guid>https://agence.example/{title}</guid>"
            f"<link>https://agence.example/{title.replace(' ', '-')}</link>"
            f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
            f"<description>&lt;p&gt;Le chapô de {title}.&lt;/p&gt;&lt;p&gt;La suite.&lt;/p&gt;</description></item>"
        )


@dataclass
class FarEnd:
    """The network: what it really shows, and how its answers fail."""

    shown: dict[str, bytes] = field(default_factory=dict)
    before: Callable[[httpx.Request], None] = lambda _: None
    after: Callable[[httpx.Request], None] = lambda _: None

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if request.method == "GET":
            return httpx.Response(200, content=self.shown[path]) if path in self.shown else httpx.Response(404)
        self.before(request)
        is_new = path not in self.shown
        self.shown.setdefault(path, request.content)
        self.after(request)
        return httpx.Response(201 if is_new else 200, json={"url": f"https://sandbox.example{path}"})


@dataclass
class World:
    """The steps, each callable alone, at whatever time the test says it is."""

    db: Database
    feeds: Path
    desk: Desk
    agency: Agency = field(default_factory=Agency)
    network: FarEnd = field(default_factory=FarEnd)
    now: datetime = NOON

    def poll(self) -> Polled:
        with httpx.Client(transport=httpx.MockTransport(self.agency.answer)) as http:
            return poll_due(self.db, Reader.over(http), self.desk, ["cget"], self.now)[0]

    def publish(self) -> list[str]:
        return publish(self.db, self.desk, FORMATS, self.feeds, self.now)

    def deliver(self) -> list[Delivered]:
        with httpx.Client(transport=httpx.MockTransport(self.network.answer)) as http:
            tidy(self.db, http, self.desk, self.now)
            return deliver(self.db, http, self.desk, lambda: self.now)

    def in_state(self, state: State) -> list[Crosspost]:
        with self.db.read() as tx:
            return crossposts.by_state(tx, (state,))

    def approve(self, crosspost: Crosspost) -> Crosspost:
        keys = Keys(self.now, crosspost.id)
        return review.approve(self.db, self.desk, crosspost.id, (CAMILLE, "test"), crosspost.revision, keys)

    def approve_all(self) -> None:
        """Every waiting cross-post gets its yes, and its recall window passes."""
        for crosspost in self.in_state(State.WAITING):
            self.approve(crosspost)
        self.pass_(minutes=2)

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)


EVERYTHING = Backlog("latest", 10)
NO_PACE = Pace()


def desk(*, backlog: Backlog = EVERYTHING, pace: Pace = NO_PACE) -> Desk:
    """The blog: one source, one feed, two sandbox accounts."""
    link = "https://blog.example/"
    options = {"server": "https://sandbox.example"}
    accounts = (
        Account("masto", "sandbox", {**options, "imitates": "mastodon"}, pace=pace),
        Account("bsky", "sandbox", {**options, "imitates": "bluesky"}, pace=pace),
    )
    source = Source(
        "cget", "https://agence.example/rss", "Source : CGET", mentions=("cget",), hashtags=("SMCL",), backlog=backlog
    )
    return Desk(
        sources={"cget": source},
        feeds=(OutgoingFeed("blog", "Le blog", link, ("cget",), formats=("atom", "rss", "json", "html")),),
        accounts={account.id: account for account in accounts},
        routes=(Route(0, ("cget",), ("masto", "bsky"), approval=ApprovalRule(undo=timedelta(seconds=60))),),
        directory=Directory({"cget": Body("cget", "CGET", {"x": "@CGET_gouv"})}),
        networks={"sandbox": sandbox},
        public_url="https://blog.example",
    )


def crowd(names: Sequence[str]) -> Desk:
    """The same with other sources, each on a host of its own."""
    blog = desk()
    sources = {name: replace(blog.sources["cget"], id=name, url=f"https://{name}.example/rss") for name in names}
    return replace(blog, sources=sources)
