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
from tests.fakes.feed_server import answer, listening
from tests.real.ports import free_port

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
