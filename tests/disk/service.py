"""The daemon itself, on disks that break; its pages as an editor sees them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from relay.core.crosspost import Crosspost, State
from relay.core.people import Role
from relay.storage import crossposts, people, sessions
from relay.storage.database import open_database
from tests.disk.far import Far
from tests.fakes.wire import Wire, listening
from tests.real.ports import free_port

EDITORS = ("camille", "sam")
"""Nobody approves words of their own."""
CONFIGURATION = """
version  = 1
language = "en"

[service]
listen   = "127.0.0.1:{port}"
database = "{folder}/data/relay.db"
feeds    = "{folder}/feeds"
allow    = ["127.0.0.1", "localhost"]

[sources.cget]
url         = "{source}/rss"
attribution = "Source : CGET"
backlog     = "latest 3"

[feeds.blog]
title = "The blog"
from  = ["cget"]
link  = "https://blog.example/"

[approvals.quick]
steps = ["editor"]
undo  = "0s"

[accounts.out]
network   = "sandbox"
server    = "{source}"
imitates  = "mastodon"

[[routes]]
from     = ["cget"]
to       = ["out"]
approval = "quick"
"""


@dataclass(slots=True)
class Service:
    """A running daemon; ``database`` and ``feeds`` are the disks under its two folders."""

    folder: Path
    port: int
    far: Far
    process: subprocess.Popen[bytes]
    editor: httpx.Client
    log: Path

    def get(self, path: str) -> httpx.Response:
        """A page."""
        return self.editor.get(path)

    def post(self, path: str, who: str = EDITORS[0], **fields: object) -> httpx.Response:
        """A form of a page."""
        texts = {name: str(value) for name, value in fields.items()}
        return self.editor.post(path, data=texts, headers={"Cookie": f"relay=a-session-of-{who}"})

    def health(self) -> dict[str, Any]:
        """What it says of itself, and whether that is 200."""
        answer = self.get("/health")
        told: dict[str, Any] = answer.json()
        return told | {"status": answer.status_code}

    def ills(self) -> set[tuple[str, str]]:
        """Places, and what is wrong with each, but for a disk that is nearly full: these are small."""
        told = self.health().get("machine", [])
        return {(one["place"], one["what"]) for one in told if one["what"] != "scarce"}

    def rows(self) -> list[Crosspost]:
        """All cross-posts, as any process reads them."""
        with closing(open_database(str(self.folder / "data" / "relay.db"))) as db, db.read() as tx:
            return crossposts.by_state(tx, tuple(State))

    def status(self) -> subprocess.CompletedProcess[str]:
        """``relay status`` beside it."""
        command = [sys.executable, "-m", "relay", "status", "--config", str(self.folder / "relay.toml")]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    def backup(self, file: Path) -> subprocess.CompletedProcess[str]:
        """``relay backup`` beside it."""
        command = [sys.executable, "-m", "relay", "backup", str(file), "--config", str(self.folder / "relay.toml")]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    def said(self) -> str:
        """Its log."""
        return self.log.read_text()

    def end(self) -> int:
        """In order; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


@contextmanager
def serving(folder: Path, log: Path | None = None) -> Iterator[Service]:
    """A daemon that has polled its source, published, and has two posts that wait, before an editor who is signed in."""
    far = Far()
    with listening(Wire(far.answer, publishes="/posts/")) as wire:
        far.url, port = wire.url, free_port()
        text = CONFIGURATION.format(folder=folder, port=port, source=wire.url)
        (folder / "relay.toml").write_text(text, encoding="utf-8")
        log = log or folder / "log"
        command = [sys.executable, "-m", "relay", "run", "--config", str(folder / "relay.toml")]
        with log.open("wb") as out, subprocess.Popen(command, stderr=out, env={**os.environ}) as process:
            try:
                with _editor(port) as editor:
                    service = Service(folder, port, far, process, editor, log)
                    _sign_in(service)
                    yield service
            finally:
                process.kill()


def _editor(port: int) -> httpx.Client:
    address = f"http://127.0.0.1:{port}"
    headers = {"Origin": address, "Cookie": f"relay=a-session-of-{EDITORS[0]}"}
    return httpx.Client(base_url=address, headers=headers, trust_env=False, timeout=15)


def _sign_in(service: Service) -> None:
    until((service.folder / "feeds" / "blog" / "atom.xml").exists, 60)
    until(lambda: service.health()["status"] == 200, 60)
    now = datetime.now(UTC)  # noqa: TID251  # the daemon goes by it
    with closing(open_database(str(service.folder / "data" / "relay.db"))) as db, db.write() as tx:
        for name in EDITORS:
            people.add(tx, name, Role.EDITOR, now)
            sessions.add(tx, f"a-session-of-{name}", name, now)


def until(is_so: Callable[[], bool], seconds: float) -> float:
    """How long it took; an ``AssertionError`` where it took longer than ``seconds``."""
    began = time.monotonic()
    while not _holds(is_so):
        assert time.monotonic() - began < seconds, f"not within {seconds:.0f} s"
        time.sleep(0.1)
    return time.monotonic() - began


def _holds(is_so: Callable[[], bool]) -> bool:
    try:
        return is_so()
    except (httpx.HTTPError, OSError):
        return False


__all__ = ["Service", "serving", "until"]
