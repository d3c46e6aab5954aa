"""A site on loopback, and commands in this process: quick enough for many."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from relay import building
from relay.cli import main
from relay.intake.wire import transport
from relay.intake.wire.pace import Turns
from tests.commands.blog import Blog, Ran
from tests.fakes.feed_server import FeedServer, answer, listening

Relay = Callable[..., Ran]


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with listening(answer(404)) as server:
        yield server


@pytest.fixture
def blog(tmp_path: Path, site: FeedServer) -> Blog:
    blog = Blog(tmp_path)
    blog.configure(site.url, 'network = "sandbox"\nserver = "http://127.0.0.1:9"\nimitates = "mastodon"')
    blog.file.write_text("# my own words\n" + blog.file.read_text())
    return blog


@pytest.fixture
def relay(blog: Blog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Relay:
    """One command in this process, without the pauses between requests: nobody is bothered on loopback."""
    for module in (transport, building):
        monkeypatch.setattr(module, "Turns", functools.partial(Turns, gap=0))

    def run(*words: str) -> Ran:
        code = main.run([words[0], "--config", str(blog.file), *words[1:]])
        return Ran(code, *capsys.readouterr())

    return run
