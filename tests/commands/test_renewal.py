"""SIGHUP: a good configuration is taken whole by the same process, of any other relay says that it is not taken."""

import os
import pty
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.commands.blog import Blog
from tests.fakes.feed_server import Drip, FeedServer
from tests.real.ports import free_port

PATIENCE = 60
PROGRAM = """
import sys, relay.daemon
from relay.cli.main import run
from relay.schedule import watching
relay.daemon.JOBS_END = 0.5
watching.LOOK = 0.1
sys.exit(run(sys.argv[1:]))
"""
"""Relay, which does not wait as long as usual for what is in flight."""
EARLY = """
import os, signal, time
from datetime import UTC, datetime
from relay.schedule.renewing import Renewal, deaf
deaf()
os.kill(os.getpid(), signal.SIGHUP)
renewal = Renewal(lambda: "it changed", lambda: datetime.now(UTC))
renewal.heed(lambda: None)
while not renewal.unread:
    time.sleep(0.01)
"""

IN_TERMINAL = """
import fcntl, sys, termios, time
from datetime import UTC, datetime
from relay.schedule.renewing import Renewal
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
renewal = Renewal(lambda: print("looked", flush=True) or "it changed", lambda: datetime.now(UTC))
renewal.heed(lambda: None)
print("ready", flush=True)
time.sleep(60)
"""


@dataclass(slots=True)
class Daemon:
    process: subprocess.Popen[bytes]
    url: str
    file: Path

    @property
    def said(self) -> str:
        return self.file.with_name("log").read_text()

    def change(self, old: str, new: str) -> None:
        text = self.file.read_text()
        assert old in text
        self.file.write_text(text.replace(old, new))

    def told(self, word: str) -> None:
        """Look at the configuration again; back when the log has ``word`` once more."""
        before = self.said.count(word)
        self.process.send_signal(signal.SIGHUP)
        wait(lambda: self.said.count(word) > before)

    def page(self) -> str:
        with httpx.Client(trust_env=False, timeout=PATIENCE) as visitor:
            return visitor.get(self.url).text

    def health(self) -> dict[str, Any]:
        with httpx.Client(trust_env=False, timeout=PATIENCE) as visitor:
            found: dict[str, Any] = visitor.get(f"{self.url}/health").json()
            return found


def wait(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def hanging(site: FeedServer) -> FeedServer:
    """Its source begins to answer, and then says nothing for long."""
    site.pages["/rss"] = Drip((b"HTTP/1.1 200 OK\r\n", b"Content-Length: 0\r\n\r\n"), PATIENCE)
    return site


@pytest.fixture
def daemon(blog: Blog, site: object) -> Iterator[Daemon]:
    port = free_port()
    blog.file.write_text(re.sub(r"127\.0\.0\.1:\d+\"\n(?=database)", f'127.0.0.1:{port}"\n', blog.file.read_text()))
    command = [sys.executable, "-c", PROGRAM, "run", "--config", str(blog.file)]
    with (
        (blog.folder / "log").open("w") as log,
        subprocess.Popen(command, stderr=log, stdout=subprocess.DEVNULL) as process,
    ):
        found = Daemon(process, f"http://127.0.0.1:{port}", blog.file)
        try:
            wait(lambda: "relay serves" in found.said)
            yield found
        finally:
            process.kill()


def test_a_good_one_is_taken_whole_by_the_same_process_and_nobody_is_refused(daemon: Daemon) -> None:
    answers: list[int] = []
    ended = threading.Event()
    asking = threading.Thread(target=_ask, args=(daemon.url, answers, ended))
    asking.start()
    assert 'lang="en"' in daemon.page()
    daemon.change('language = "en"', 'language = "fr"')

    daemon.told("relay serves")

    assert 'lang="fr"' in daemon.page()
    ended.set()
    asking.join()
    assert daemon.process.poll() is None
    assert answers
    assert set(answers) <= {200, 503}, "nobody was turned away while one life ended and the next began"
    assert daemon.health()["ok"]


def test_where_a_change_of_the_file_counts_nobody_needs_to_tell(daemon: Daemon) -> None:
    """The same way as a signal; and where it is not asked for, nothing happens."""
    daemon.change('language = "en"', 'language = "fr"')
    time.sleep(0.5)
    assert daemon.said.count("relay serves") == 1
    daemon.change("[service]", '[service]\nreload = "change"')
    daemon.told("relay serves")
    assert 'lang="fr"' in daemon.page()

    good = daemon.file.read_text()
    daemon.change('from  = ["cget"]', 'from  = ["nobody"]')
    wait(lambda: "not_taken_since" in daemon.health().get("configuration", {}))
    assert re.search(rf"not taken.*: {daemon.file.name}:\d+:\d+: .*nobody", daemon.said)

    other = daemon.file.with_name("new")
    other.write_text(good.replace('language = "fr"', 'language = "en"'))
    other.replace(daemon.file)  # as editors and ConfigMaps do it
    wait(lambda: daemon.said.count("relay serves") == 3)
    assert 'lang="en"' in daemon.page()
    assert "configuration" not in daemon.health()
    assert daemon.process.poll() is None


def test_a_name_for_this_machine_keeps_its_socket(daemon: Daemon) -> None:
    daemon.change('listen   = "127.0.0.1:', 'listen   = "localhost:')
    daemon.told("relay serves")
    socket_of = _sockets(daemon.process.pid)
    daemon.told("relay serves")
    assert socket_of & _sockets(daemon.process.pid), "the same one, to which visitors come all the time"


def _sockets(process: int) -> set[str]:
    """What listens, by its inode."""
    table = Path(f"/proc/{process}/net/tcp").read_text().splitlines()[1:]
    listening = {row.split()[9] for row in table if row.split()[3] == "0A"}
    links = (str(one.readlink()) for one in Path(f"/proc/{process}/fd").iterdir() if one.is_symlink())
    return {link for link in links if link.removeprefix("socket:[").rstrip("]") in listening}


@pytest.mark.parametrize("closes", [True, False], ids=["the terminal is closed", "it is told so in its terminal"])
def test_a_sighup_renews_unless_the_terminal_is_gone(tmp_path: Path, closes: bool) -> None:  # noqa: FBT001
    master, slave = pty.openpty()
    log = tmp_path / "log"
    with (
        log.open("w") as said,
        subprocess.Popen(
            [sys.executable, "-c", IN_TERMINAL], stdin=slave, stdout=said, start_new_session=True
        ) as process,
    ):
        os.close(slave)
        wait(lambda: "ready" in log.read_text())
        if closes:
            os.close(master)
            assert process.wait(PATIENCE) == -signal.SIGTERM
        else:
            process.send_signal(signal.SIGHUP)
            wait(lambda: "looked" in log.read_text())
            process.kill()
            os.close(master)


def test_of_a_bad_one_it_says_since_when_and_goes_on_with_the_one_before(daemon: Daemon) -> None:
    daemon.change('from  = ["cget"]', 'from  = ["nobody"]')
    daemon.told("the configuration is not taken")
    since = daemon.health()["configuration"]["not_taken_since"]
    assert re.search(rf"not taken.*: {daemon.file.name}:\d+:\d+: .*nobody", daemon.said)
    daemon.file.write_text("version = [")
    daemon.told("the configuration is not taken")
    assert daemon.health()["configuration"]["not_taken_since"] == since
    assert daemon.health()["ok"]

    daemon.file.unlink()
    daemon.told("the configuration is not taken")
    assert daemon.process.poll() is None
    assert daemon.health()["ok"]


def test_what_is_in_flight_keeps_no_other_life_from_beginning(hanging: FeedServer, daemon: Daemon) -> None:
    """A source that takes its time ended relay for good: it was gone, and nothing brought it back."""
    wait(lambda: any(one.path == "/rss" for one in hanging.asked))
    daemon.told("relay serves")
    assert "relay ends with work in flight" in daemon.said
    assert daemon.process.poll() is None
    assert daemon.health()["ok"]


def test_whoever_ends_relay_while_it_begins_anew_has_it_ended(hanging: FeedServer, daemon: Daemon) -> None:
    wait(lambda: any(one.path == "/rss" for one in hanging.asked))
    daemon.told("the configuration is taken")
    daemon.process.send_signal(signal.SIGTERM)
    assert daemon.process.wait(PATIENCE) in {0, -signal.SIGTERM}
    assert daemon.said.count("relay serves") == 1


def test_what_changes_while_relay_starts_is_looked_at_then() -> None:
    subprocess.run([sys.executable, "-c", EARLY], check=True, timeout=PATIENCE)


def test_what_the_next_life_could_not_have_is_not_taken(daemon: Daemon) -> None:
    """An address that somebody else has, a database that is not there: relay would end before it had begun."""
    good = daemon.file.read_text()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        daemon.change(f'"{daemon.url.removeprefix("http://")}"', f'"127.0.0.1:{port}"')
        daemon.told("the configuration is not taken")
    assert f"not taken, relay goes on with the one before: 127.0.0.1:{port}: " in daemon.said
    daemon.file.write_text(good)
    daemon.change('/relay.db"', '/rss.xml/relay.db"')
    daemon.file.with_name("rss.xml").touch()
    daemon.told("the configuration is not taken")
    assert re.search(r"the one before: the database .*rss\.xml/relay\.db cannot be opened", daemon.said)
    assert daemon.health()["ok"]


def _ask(url: str, answers: list[int], ended: threading.Event) -> None:
    """A new connection each time, as of as many visitors."""
    while not ended.is_set():
        with httpx.Client(trust_env=False, timeout=PATIENCE) as visitor:
            answers.append(visitor.get(f"{url}/health").status_code)
        time.sleep(0.05)
