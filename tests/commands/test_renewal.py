"""SIGHUP: a good configuration is taken whole by the same process, of any other relay says that it is not taken."""

import re
import signal
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
from tests.real.ports import free_port

PATIENCE = 60


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
def daemon(blog: Blog, site: object) -> Iterator[Daemon]:
    port = free_port()
    blog.file.write_text(re.sub(r"127\.0\.0\.1:\d+\"\n(?=database)", f'127.0.0.1:{port}"\n', blog.file.read_text()))
    command = [sys.executable, "-m", "relay", "run", "--config", str(blog.file)]
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


def _ask(url: str, answers: list[int], ended: threading.Event) -> None:
    """A new connection each time, as of as many visitors."""
    while not ended.is_set():
        with httpx.Client(trust_env=False, timeout=PATIENCE) as visitor:
            answers.append(visitor.get(f"{url}/health").status_code)
        time.sleep(0.05)
