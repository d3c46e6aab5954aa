"""A whole service at work with planted credentials, at networks that fail in every way; and all that it leaves behind."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import httpx

from tests.canaries.planted import ACCOUNTS, NAMES
from tests.commands.blog import Blog, Ran
from tests.real.ports import free_port

DAEMON = """
import logging, sys
logging.basicConfig(stream=sys.stderr, level=logging.DEBUG, format="%(levelname)s %(name)s %(message)s")
from relay.cli import main
sys.exit(main.run(["run", "--config", sys.argv[1]]))
"""
PAGES = ("/", "/review", "/accounts", "/sources", "/notifications", "/me", "/members", "/audit.jsonl", "/api/v1/queue")
WRONG = ("/c/nobody-made-this", "/accounts/callback?code=no&state=no", "/review/999", "/sign-in/provider", "/metrics")


@dataclass
class Scenario:
    """``artefacts`` by what they are; ``made`` are the credentials that relay itself has made."""

    blog: Blog
    url: str
    relay: Callable[..., Ran]
    artefacts: dict[str, bytes] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

    def configure(self) -> None:
        """Every network, and all else that has a secret."""
        self.blog.configure(
            self.url, 'network = "sandbox"\nserver = "http://127.0.0.1:9"\nimitates = "mastodon"', port=self.port
        )
        routes = self.blog.file.read_text().replace('["out"]', str(list(NAMES)).replace("'", '"'))
        self.blog.file.write_text(routes + ACCOUNTS.format(url=self.url))

    def say(self, *words: str) -> Ran:
        """A command, whose words are an artefact."""
        ran = self.relay(*words)
        before = self.artefacts.get("commands", b"")
        self.artefacts["commands"] = before + f"{words}\n{ran.out}\n{ran.err}\n".encode()
        return ran

    def edit(self) -> None:
        """Poll, and say yes to all of it; what is printed once, on purpose, is no artefact."""
        self.say("check", "--json")
        self.say("poll")
        self.say("user", "add", "camille", "--role", "admin", "--email", "camille@blog.example")
        self.say("user", "add", "didier", "--role", "director")
        for one in self.say("queue", "list", "--state", "waiting", "--json").json:
            self.say("queue", "approve", str(one["id"]), "--as", "didier")
        self.made["LINK"] = re.findall(r"/c/([\w-]+)", self.relay("user", "link", "camille").out)[0]
        self.made["API"] = self.relay("token", "add", "intranet", "--scopes", "read").out.split()[0]
        self.made["KEY"] = (self.blog.folder / "relay.key").read_text().split()[0]

    def serve(self, environment: Mapping[str, str]) -> None:
        """The daemon at DEBUG, while somebody looks at every page."""
        command = [sys.executable, "-c", DAEMON, str(self.blog.file)]
        log = self.blog.folder / "daemon.log"
        with (
            log.open("wb") as stream,
            subprocess.Popen(command, env=environment, stderr=stream) as daemon,
        ):  # our own program
            try:
                self._look()
                sleep(2)
            finally:
                daemon.terminate()
        assert b"DEBUG" in log.read_bytes()

    def _look(self) -> None:
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, timeout=10) as client:
            _ready(client)
            client.post(f"/c/{self.made['LINK']}", headers={"Origin": str(client.base_url).rstrip("/")})
            self.made["SESSION"] = next(
                cookie.value or "" for cookie in client.cookies.jar if "language" not in cookie.name
            )
            for path in (*PAGES, *WRONG):
                told = client.get(path)
                self.artefacts[f"page {path}"] = f"{told.status_code} {told.headers}\n{told.text}".encode()
            bearer = {"Authorization": f"Bearer {self.made['API']}"}
            self.artefacts["write-ahead log"] = Path(f"{self.blog.folder / 'relay.db'}-wal").read_bytes()
            self.artefacts["api"] = client.get("/api/v1/queue", headers=bearer).content

    def gather(self) -> None:
        """Every file but the configuration and the key, the rows as text, and a copy."""
        self.say("status", "--json")
        self.say("account", "list", "--json")
        self.say("hooks", "list")
        self.say("publish")
        self.say("audit", "export", "--as", "didier")
        self.say("backup", str(self.blog.folder / "copy.db"))
        for file in self.blog.folder.rglob("*"):
            if file.is_file() and file.name not in {"relay.toml", "relay.key"}:
                self.artefacts[str(file.relative_to(self.blog.folder))] = file.read_bytes()
        with closing(sqlite3.connect(self.blog.folder / "copy.db")) as copy:
            self.artefacts["rows"] = "\n".join(copy.iterdump()).encode()


def _ready(client: httpx.Client) -> None:
    until = monotonic() + 30
    while True:
        try:
            client.get("/health")
        except httpx.TransportError:
            assert monotonic() < until
            sleep(0.1)
        else:
            return
