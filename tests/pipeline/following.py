"""A relay that follows sources on a real server, which has whatever names the test gives it: one machine, many hosts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_address

import httpx

from relay.core.crosspost import State
from relay.core.polling import moves
from relay.core.polling.pollstate import PollState
from relay.core.route import Route
from relay.core.source import Backlog, Source
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client
from relay.pipeline.desk import Desk
from relay.pipeline.poll import poll_due, readdress
from relay.pipeline.polling.asking import Polled
from relay.pipeline.reading.reader import Reader
from relay.storage import crossposts, sources
from relay.storage.database import Database
from tests.edges import entered
from tests.fakes.feed_server import Asked, FeedServer, Script, answer, listening
from tests.pipeline import world
from tests.pipeline.world import NOON

HERE = ip_address("127.0.0.1")


@dataclass
class Following:
    """Sources without a backlog, a route to one account for all of them, and the time, which the test moves."""

    db: Database
    http: httpx.Client
    site: FeedServer
    desk: Desk = field(default_factory=lambda: replace(world.desk(), sources={}))
    now: timedelta = timedelta(0)

    @property
    def reader(self) -> Reader:
        return Reader.over(self.http)

    def url(self, place: str) -> str:
        """The address of ``agence.test/feed``."""
        host, slash, path = place.partition("/")
        return f"http://{host}:{self.site.port}{slash}{path}"

    def says(self, place: str, *script: Script) -> None:
        self.site.sites[place] = list(script)

    def follow(self, id: str, place: str, **wishes: object) -> None:
        """A source is written into the file, or other wishes for it are, and relay starts anew."""
        source = replace(Source(id, self.url(place), "Source : l’agence", backlog=Backlog()), **wishes)  # type: ignore[arg-type]  # by name
        known = {**self.desk.sources, id: source}
        self.desk = replace(self.desk, sources=known, routes=(Route(0, tuple(known), ("masto",), "{title}"),))
        with self.db.write() as tx:
            readdress(tx, self.desk)

    def tick(self, *wanted: str, **later: float) -> list[Asked]:
        """What is due so much later is asked, or what is ``wanted``; the requests that were made."""
        before = len(self.site.asked)
        self.poll(*wanted, **later)
        return self.site.asked[before:]

    def poll(self, *wanted: str, **later: float) -> list[Polled]:
        self.now += timedelta(**later)
        return poll_due(self.db, self.reader, self.desk, wanted or None, NOON + self.now)

    def state(self, id: str) -> PollState:
        with self.db.read() as tx:
            return sources.state(tx, id)

    def learnt(self, id: str, **changes: object) -> None:
        """What an earlier life of this relay had learnt of a source."""
        known = moves.current(self.desk.sources[id], self.state(id))
        with self.db.write() as tx:
            sources.save(tx, id, replace(known, **changes), None)  # type: ignore[arg-type]  # by name

    def headlines(self, *ids: str) -> list[str]:
        with self.db.read() as tx:
            return sorted(post.headline for post in entered.posts(tx, ids))

    def text(self, headline: str) -> str:
        """All the words of one post."""
        with self.db.read() as tx:
            (post,) = (one for one in entered.posts(tx, tuple(self.desk.sources)) if one.headline == headline)
        return f"{post.lead} {post.body_html}"

    def waiting(self) -> list[str]:
        """What an editor is asked to announce."""
        with self.db.read() as tx:
            return sorted(one.draft.text for one in crossposts.by_state(tx, (State.WAITING,)))


@contextmanager
def following(db: Database) -> Iterator[Following]:
    """One that follows nothing yet."""
    guard = Guard(("127.0.0.0/8",), lambda *_: (HERE,))
    with (
        listening(answer(404)) as site,
        reading_client(guard, None, deadline=30, turns=Turns(gap=0, per_second=1e6)) as http,
    ):
        yield Following(db, http, site)


def feed(*numbers: int, etag: bytes | None = None) -> bytes:
    """A 200 with a document of news of these numbers, each published so many hours after noon."""
    items = "".join(map(_item, numbers))
    head = "<title>Agence</title><link>http://agence.test/</link><description>Actualités</description>"
    body = f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()
    headers = [(b"Content-Type", b"application/rss+xml"), *([(b"ETag", etag)] if etag else [])]
    return answer(200, body, headers)


def _item(number: int) -> str:
    when = NOON + timedelta(hours=number)
    return (
        f"<item><title>Nouvelle {number}</title><guid>http://agence.test/{number}</guid>"
        f"<link>http://agence.test/{number}</link><pubDate>{when:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<description>Le texte de la nouvelle {number}.</description></item>"
    )


def to(url: str, status: int = 302) -> bytes:
    """A redirect."""
    return answer(status, b"", [(b"Location", url.encode())])
