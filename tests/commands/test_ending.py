"""The daemon ends within ten seconds whatever hangs, and the next start takes up what it left."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.commands.blog import FEED, Blog
from tests.commands.conftest import Relay
from tests.fakes.feed_server import answer, listening
from tests.real.ports import free_port

ENDING = (signal.SIGTERM, signal.SIGINT)
SANDBOX = 'network = "sandbox"\nserver = "{server}"\nimitates = "mastodon"'


@pytest.fixture
def silence() -> Iterator[str]:
    """The address of a server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def running(blog: Blog, port: int) -> Iterator[subprocess.Popen[str]]:
    """The daemon, once its pages answer."""
    command = [sys.executable, "-m", "relay", "run", "--config", str(blog.file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            transport = httpx.HTTPTransport(retries=8)  # half a second, then one, two, four: until it listens
            with httpx.Client(transport=transport, trust_env=False) as visitor:
                visitor.get(f"http://127.0.0.1:{port}/health", timeout=10)
            yield process
        finally:
            process.kill()


def test_a_source_and_a_network_that_hang_do_not_keep_it_from_ending(tmp_path: Path, silence: str) -> None:
    blog, port = Blog(tmp_path), free_port()
    with listening() as publisher:
        publisher.script.append(answer(body=FEED.format(url=publisher.url).encode()))
        blog.configure(publisher.url, SANDBOX.format(server=silence), port=port)
        blog.relay("poll")
    blog.approve_first()
    blog.configure(silence, SANDBOX.format(server=silence), port=port)
    blog.file.write_text(
        blog.file.read_text().replace(
            "[sources.cget]", f'[sources.slow]\nurl = "{silence}/"\nattribution = "Source : lente"\n\n[sources.cget]'
        )
    )
    with running(blog, port) as process:
        time.sleep(3)  # both loops have their hands full
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        code = process.wait(timeout=20)
        took = time.monotonic() - began
    left = blog.relay("queue", "list", "--json").json

    assert (code, [one["state"] for one in left]) == (0, ["unconfirmed"])
    assert took < 10


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("", "relay was told to end before it had begun"),
        ("import relay.schedule.ending as e; e.suddenly = int", "relay has ended"),
    ],
)
def test_a_signal_before_the_pages_are_served_is_not_lost(tmp_path: Path, start: str, said: str) -> None:
    """It comes while the first thing is published: cut at once, or, as in the demo, when all is ready to end in order."""
    told = "def told(*_):\n    signal.raise_signal(signal.SIGTERM)\n    return []"
    blog = Blog(tmp_path)
    blog.configure("http://127.0.0.1:9", SANDBOX.format(server="http://127.0.0.1:9"), port=free_port())
    ran = blog.relay("run", before=f"{start}\nimport signal\nimport relay.loops\n{told}\nrelay.loops.publish = told")
    assert ran.code == 0, ran.err
    assert said in ran.err


def test_a_start_that_fails_leaves_no_signal_to_a_thread_that_ends_the_process(blog: Blog, relay: Relay) -> None:
    """Whoever has called it, as another program or these tests, goes on."""
    blog.file.write_text(
        blog.file.read_text().replace(f'database = "{blog.folder}/relay.db"', 'database = "/proc/x/y.db"')
    )
    before = {number: signal.getsignal(number) for number in ENDING}
    try:
        assert relay("run").code == 1
        assert signal.set_wakeup_fd(-1) == -1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
