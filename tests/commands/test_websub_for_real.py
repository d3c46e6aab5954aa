"""A publisher, a real WebSub hub and the daemon: what is published is in the outgoing feed a moment later."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.commands.blog import FEED, Blog
from tests.fakes.feed_server import Asked, FeedServer, Told, answer, listening
from tests.real.ports import free_port

pytestmark = pytest.mark.hub

LAB = Path(__file__).parents[2] / ".lab" / "websub"
HUB = Path(__file__).parents[1] / "fakes" / "websub_hub.py"
SANDBOX = 'network = "sandbox"\nserver = "http://127.0.0.1:9"\nimitates = "mastodon"'
PATIENCE = 60.0
"""Seconds for a process to come up on a busy machine."""
LATEST = 10.0
"""Seconds that a busy machine may take for what is promised within two; the test prints what it took."""
NEWS = (
    "<item><title>Un décret est paru</title><link>https://agence.example/decret</link><guid>decret</guid>"
    "<description>&lt;p&gt;Le décret est paru ce matin.&lt;/p&gt;</description></item>"
)


@dataclass
class Publisher:
    """A feed that names the hub in its headers, as this hub wants it, and that may have more items one day."""

    hub: str
    site: FeedServer
    items: list[str] = field(default_factory=list)

    @property
    def topic(self) -> str:
        return f"{self.site.url}/rss"

    def told(self, _: Asked) -> Told:
        body = FEED.format(url=self.site.url).replace("<item>", "".join(self.items) + "<item>", 1)
        links = f'<{self.hub}>; rel="hub", <{self.topic}>; rel="self"'
        return answer(
            body=body.encode(), headers=((b"Link", links.encode()), (b"Content-Type", b"application/rss+xml"))
        )

    def publish(self, item: str) -> None:
        """Add an item, and tell the hub."""
        self.items.append(item)
        told = httpx.post(self.hub, data={"hub.mode": "publish", "hub.topic": self.topic}, trust_env=False)
        assert told.status_code == 202

    def polls(self) -> int:
        """How often relay has fetched it."""
        return sum((request.header(b"user-agent") or b"").startswith(b"relay/") for request in self.site.asked)


def wait(is_so: Callable[[], bool], seconds: float, log: Path) -> float:
    """How long it took, in seconds; what the process wrote where it did not come about."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            if is_so():
                return time.monotonic() - began
        except (httpx.TransportError, sqlite3.OperationalError):
            pass  # it is not up yet
        time.sleep(0.02)
    raise AssertionError(log.read_text(encoding="utf-8"))


@contextmanager
def process(command: list[str], log: Path) -> Iterator[None]:
    with log.open("w") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as running:
        try:
            yield
        finally:
            running.kill()


def is_verified(database: Path) -> bool:
    """Whether the hub has a subscriber: it writes one down when it has got its challenge back."""
    with sqlite3.connect(database) as connection:
        found: int = connection.execute("select count(*) from hub").fetchone()[0]
    connection.close()
    return found > 0


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[str]:
    """The address of the hub."""
    python = LAB / "bin" / "python"
    if not python.exists():
        pytest.skip("needs a real WebSub hub in .lab/websub: run .ci/run, which installs it")
    port, log = free_port(), tmp_path / "hub.log"
    address = f"http://127.0.0.1:{port}/hub"
    with process([str(python), str(HUB), str(port), str(tmp_path / "hub.db")], log):
        wait(lambda: httpx.get(address, trust_env=False).status_code == 405, PATIENCE, log)
        yield address


@pytest.fixture
def publisher(hub: str) -> Iterator[Publisher]:
    """The source."""
    with listening() as site:
        found = Publisher(hub, site)
        site.script.append(found.told)
        yield found


def test_what_a_hub_pushes_is_in_the_outgoing_feed_at_once(
    tmp_path: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    blog, port, log = Blog(tmp_path), free_port(), tmp_path / "relay.log"
    blog.configure(publisher.site.url, SANDBOX, port=port)
    feed = f"http://127.0.0.1:{port}/feeds/blog/atom.xml"

    with process([sys.executable, "-m", "relay", "run", "--config", str(blog.file)], log):
        wait(lambda: is_verified(tmp_path / "hub.db"), PATIENCE, log)
        publisher.publish(NEWS)
        took = wait(lambda: "Un décret est paru" in httpx.get(feed, trust_env=False).text, LATEST, log)

    with capsys.disabled():
        sys.stdout.write(f"\n  from the publisher's ping to the outgoing feed: {took:.2f} s\n")
    assert publisher.polls() == 1
