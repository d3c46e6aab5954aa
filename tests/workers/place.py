"""A scaled-out relay on loopback: publishers, one receiver of posts, and processes that are started and ended at will."""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from relay.cli.main import run
from relay.config.configuration import Configuration
from relay.config.load import load
from relay.core.crosspost import Crosspost, Keys, State
from relay.pipeline import review
from relay.schedule.distributed import bell, lead
from relay.storage import crossposts
from relay.storage.database import Database, open_database
from relay.wiring import clock, desk, network_keys
from tests.fakes.feed_server import FeedServer, answer
from tests.fakes.feed_server import listening as publishing
from tests.fakes.receiver import SECRET, Receiver
from tests.fakes.wire import Wire
from tests.fakes.wire import listening as wired
from tests.pipeline.world import CAMILLE
from tests.real.ports import free_port

TTL = 4
"""Seconds that a lease runs here: a quarter of what it is, so that a takeover is seen in seconds."""
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["relay.cli.daemon", "relay.cli.worker", "relay.worker", __name__])
HOSTS = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
_SERVICE = """version = 1
language = "en"
[service]
listen = "127.0.0.1:{port}"
public_url = "http://127.0.0.1:{port}"
feeds = "{folder}/feeds"
allow = ["127.0.0.0/8"]
key = {{ file = "{folder}/key" }}
work = "workers"
[feeds.blog]
title = "The blog"
from = [{sources}]
link = "http://127.0.0.1:{port}/feeds/blog/"
[accounts.out]
network = "webhook"
endpoint = "{endpoint}/news"
secret = {{ file = "{folder}/secret" }}
[approvals.quick]
steps = ["editor"]
undo = "0s"
[[routes]]
from = [{sources}]
to = "out"
approval = "quick"
"""
_SOURCE = """[sources.{id}]
url = "{url}/rss"
backlog = "latest 1"
push = false
pictures = "none"
every = "5m"
"""
_NEWS = (
    '<rss version="2.0"><channel><title>{id}</title><link>{url}/</link><description>News</description>'
    "<item><title>A word of {id} on streets and squares</title><guid>{url}/1</guid><link>{url}/1</link>"
    "<description>All that {id} has to say of them.</description></item></channel></rss>"
)


@dataclass(slots=True)
class Place:
    """``publishers`` by their source; ``processes`` are ended with the place, whatever they are at."""

    folder: Path
    database: str
    port: int
    publishers: dict[str, FeedServer]
    receiver: Receiver
    processes: list[BaseProcess] = field(default_factory=list)

    @property
    def file(self) -> Path:
        """The configuration."""
        return self.folder / "relay.toml"

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *words: str) -> BaseProcess:
        """A process of relay's; what it says is in ``log`` of the same number."""
        own = ([*words, "--config", str(self.file)], self.log(len(self.processes)), self.database)
        process = _processes.Process(target=_live, args=own)
        process.start()
        self.processes.append(process)
        return process

    def log(self, number: int) -> Path:
        """What the process of this number has said."""
        return self.folder / f"process{number}.log"

    def said(self) -> str:
        """What all of them have said."""
        return "\n".join(self.log(number).read_text() for number in range(len(self.processes)))

    def approve(self, source: str) -> float:
        """An editor's yes to what a source has brought, as the pages say it; how long it took to be public."""
        configuration = self.configuration()
        db = open_database(self.database)
        try:
            [found] = _waiting(db, source)
            keys = Keys(clock(), found.id)
            review.approve(db, desk(configuration), found.id, (CAMILLE, "test"), found.revision, keys)
            bell.ring(db, "deliver")
            return until(lambda: self.shown(source), 30, self)
        finally:
            db.close()

    def configuration(self) -> Configuration:
        """As its processes read it."""
        found = load(self.file, self.environment, network_keys()).configuration
        assert found
        return found

    def shown(self, source: str) -> int:
        """How often what this source has brought is public."""
        return sum(f"A word of {source} " in str(post) for post in self.receiver.posts.values())

    @property
    def environment(self) -> dict[str, str]:
        """That of every process."""
        return {**os.environ, "RELAY_DATABASE": self.database}


@contextmanager
def placed(folder: Path, database: str, hosts: Sequence[str] = HOSTS) -> Iterator[Place]:
    """A place whose sources are one a host; nothing is started yet."""
    with ExitStack() as stack:
        found = {f"s{n}": stack.enter_context(publishing(host=host)) for n, host in enumerate(hosts)}
        receiver = Receiver()
        wire = stack.enter_context(wired(Wire(receiver.answer, publishes="/news")))
        place = Place(folder, database, free_port(), found, receiver)
        for id, publisher in found.items():
            publisher.script.append(answer(body=_NEWS.format(id=id, url=publisher.url).encode()))
        _write(place, wire.url)
        stack.callback(_end, place)
        yield place


def _write(place: Place, endpoint: str) -> None:
    (place.folder / "secret").write_text(SECRET)
    (place.folder / "key").write_text("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    sources = ", ".join(f'"{id}"' for id in place.publishers)
    own = {"port": place.port, "folder": place.folder, "endpoint": endpoint}
    text = _SERVICE.format(sources=sources, **own)
    text += "".join(_SOURCE.format(id=id, url=one.url) for id, one in place.publishers.items())
    place.file.write_text(text)


def _live(words: Sequence[str], log: Path, database: str) -> None:
    """A process from its beginning: of one that has loaded all of relay, once for all of them."""
    lead.TTL, lead.LOOK, lead.MARGIN = (timedelta(seconds=some) for some in (TTL, TTL / 5, 0.5))
    os.environ["RELAY_DATABASE"] = database
    with log.open("wb", buffering=0) as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    sys.exit(run(words))


def _end(place: Place) -> None:
    for process in place.processes:
        process.kill()
        process.join()


def _waiting(db: Database, source: str) -> list[Crosspost]:
    with db.read() as tx:
        found = crossposts.by_state(tx, (State.WAITING,))
    return [one for one in found if f"A word of {source} " in str(one)]


def until(holds: Callable[[], object], seconds: float, place: Place | None = None) -> float:
    """How long it took until it held; an ``AssertionError`` with all that was said where it did not in time."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if holds():
            return time.monotonic() - begun
        assert place is None or not [one for one in place.processes if (one.exitcode or 0) > 0], place.said()
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s; {place.said() if place else ''}")
