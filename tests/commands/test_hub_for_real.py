"""The daemon with its own hub, and subscribers that are not its own: what is published is there a moment later."""

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.commands.blog import FEED, Blog
from tests.commands.test_websub_for_real import (
    LAB,
    LATEST,
    NEWS,
    PATIENCE,
    SANDBOX,
    process,
    wait,
)
from tests.fakes.feed_server import Asked, Told, answer, listening
from tests.real.ports import free_port

SUBSCRIBER = Path(__file__).parents[1] / "fakes" / "websub_subscriber.py"


@dataclass
class Publisher:
    """A relay whose source has news when the test says so."""

    blog: Blog
    port: int
    log: Path
    items: str = ""

    @property
    def feed(self) -> str:
        return f"http://127.0.0.1:{self.port}/feeds/blog/atom.xml"

    def told(self, asked: Asked) -> Told:
        url = f"http://{(asked.header(b'host') or b'').decode()}"
        body = FEED.format(url=url).replace("<item>", f"{self.items}<item>", 1)
        return answer(body=body.encode(), headers=((b"Content-Type", b"application/rss+xml"),))

    def publish(self) -> None:
        """By the command line beside the running daemon, so that the moment is known."""
        self.items = NEWS
        for command in (("poll", "--all"), ("publish",)):
            ran = self.blog.relay(*command)
            assert ran.code == 0, ran.err


@contextmanager
def publishing(folder: Path) -> Iterator[Publisher]:
    """The daemon of the publisher, up and with its feed published."""
    folder.mkdir()
    publisher = Publisher(Blog(folder), free_port(), folder / "relay.log")
    with listening() as source:
        source.script.append(publisher.told)
        configure(publisher.blog, source.url, publisher.port)
        with running(publisher.blog, publisher.log):
            wait(lambda: get(publisher.feed).status_code == 200, PATIENCE, publisher.log)
            yield publisher


def configure(blog: Blog, source: str, port: int) -> None:
    """A blog whose feed stands where relay serves it, and whose subscribers may be on this machine."""
    blog.configure(source, SANDBOX, port=port)
    text = blog.file.read_text(encoding="utf-8")
    text = text.replace("https://blog.example/", f"http://127.0.0.1:{port}/feeds/blog/")
    blog.file.write_text(text.replace("[service]", '[service]\ncallbacks = ["127.0.0.1"]', 1), encoding="utf-8")


@contextmanager
def running(blog: Blog, log: Path) -> Iterator[None]:
    with process([sys.executable, "-m", "relay", "run", "--config", str(blog.file)], log):
        yield


def get(address: str) -> httpx.Response:
    return httpx.get(address, trust_env=False, timeout=20)


def subscribers(blog: Blog) -> int:
    with sqlite3.connect(blog.folder / "relay.db") as connection:
        found: int = connection.execute("select count(*) from subscribers").fetchone()[0]
    connection.close()
    return found


def test_another_relay_that_subscribes_has_the_news_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "reader").mkdir()
    reader, port, log = Blog(tmp_path / "reader"), free_port(), tmp_path / "reader.log"
    with publishing(tmp_path / "publisher") as publisher:
        reader.configure("http://127.0.0.1", SANDBOX, port=port)
        text = re.sub(r'url +=.*"', f'url = "{publisher.feed}"', reader.file.read_text(encoding="utf-8"))
        reader.file.write_text(text, encoding="utf-8")
        feed = f"http://127.0.0.1:{port}/feeds/blog/atom.xml"
        with running(reader, log):
            wait(lambda: subscribers(publisher.blog) == 1, PATIENCE, log)
            publisher.publish()
            took = wait(lambda: "Un décret est paru" in get(feed).text, LATEST, log)

    with capsys.disabled():
        sys.stdout.write(f"\n  from the end of `relay publish` to the feed of another relay: {took:.2f} s\n")


@pytest.fixture
def subscriber(tmp_path: Path) -> Iterator[str]:
    """The address of flask-websub's subscriber."""
    python = LAB / "bin" / "python"
    if not python.exists():
        pytest.skip("needs a real WebSub subscriber in .lab/websub: run .ci/run, which installs it")
    port, log = free_port(), tmp_path / "subscriber.log"
    with process([str(python), str(SUBSCRIBER), str(port), str(tmp_path)], log):
        wait(lambda: get(f"http://127.0.0.1:{port}/").status_code == 404, PATIENCE, log)
        yield f"http://127.0.0.1:{port}"


@pytest.mark.hub
def test_a_subscriber_of_another_make_subscribes_has_the_news_and_leaves(tmp_path: Path, subscriber: str) -> None:
    said, pushed = tmp_path / "said", tmp_path / "pushed"
    with publishing(tmp_path / "publisher") as publisher:
        assert httpx.get(f"{subscriber}/start", params={"feed": publisher.feed}, trust_env=False).is_success
        wait(lambda: said.exists() and said.read_text() == f"subscribe {publisher.feed}", LATEST, publisher.log)
        publisher.publish()
        wait(pushed.exists, LATEST, publisher.log)
        wait(lambda: pushed.read_bytes() == get(publisher.feed).content, LATEST, publisher.log)

        assert get(f"{subscriber}/leave").is_success
        wait(lambda: said.read_text() == f"unsubscribe {publisher.feed}", LATEST, publisher.log)
        wait(lambda: subscribers(publisher.blog) == 0, LATEST, publisher.log)
