"""A whole service at work with planted credentials, at networks that fail in every way; and all that it leaves behind."""

import json
import re
import sqlite3
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import httpx

from relay.cli.session import service
from relay.core.people import Editor, Role
from tests.canaries.planted import ACCOUNTS, ROUTED, VISITED, canaries, canary, hits
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
    """At ``url`` and ``mail`` are the servers, which have ``heard`` what they were told; ``other`` shows a wrong certificate.

    ``artefacts`` by what they are; ``made`` are the credentials that relay itself has made.
    """

    blog: Blog
    url: str
    mail: str
    other: str
    relay: Callable[..., Ran]
    heard: list[bytes]
    artefacts: dict[str, bytes] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

    def configure(self) -> None:
        """Every network, and all else that has a secret."""
        self.blog.configure(
            self.url, 'network = "sandbox"\nserver = "http://127.0.0.1:9"\nimitates = "mastodon"', port=self.port
        )
        routes = self.blog.file.read_text().replace('["out"]', str(list(ROUTED)).replace("'", '"'))
        named = routes.replace("[service]", f'[service]\npublic_url = "http://localhost:{self.port}"')  # for passkeys
        self.blog.file.write_text(named + ACCOUNTS.format(url=self.url, mail=self.mail, other=self.other))

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
        first, *rest = self.say("queue", "list", "--state", "waiting", "--json").json
        self.say("queue", "approve", str(first["id"]), "--as", "didier")
        with service(Namespace(config=self.blog.file)) as relay:  # a command each would take a second for each
            for one in rest:
                relay.approve(one["id"], Editor("didier", Role.DIRECTOR), "command line", one["revision"])
        self.say("notify", "test", "desk")
        self.say("hooks", "test", "intranet")
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
            finally:
                daemon.terminate()
        assert b"DEBUG" in log.read_bytes()

    def arrived(self) -> set[str]:
        """The credentials that a server was told, and those that relay itself was: it took them, or nothing went on."""
        told = {str(number): one for number, one in enumerate([*self.heard])}
        return {name for name, _ in hits(told, canaries(self.made))} | ({*self.made} - {"KEY"})

    def _deliver(self, client: httpx.Client, own: Mapping[str, str]) -> None:
        """The daemon sends, too: an account that is held is tried once more."""
        before, until = len(self.heard), monotonic() + 15
        assert client.post("/accounts/letters/resume", headers=own).status_code == 303
        while not any(one.startswith(b"AUTH") for one in self.heard[before:]):
            assert monotonic() < until
            sleep(0.05)

    def _look(self) -> None:
        with httpx.Client(base_url=f"http://localhost:{self.port}", trust_env=False, timeout=10) as client:
            _ready(client)
            own = {"Origin": str(client.base_url).rstrip("/")}
            assert client.post(f"/c/{self.made['LINK']}", headers=own).status_code == 303
            self.made["SESSION"] = next(
                cookie.value or "" for cookie in client.cookies.jar if "language" not in cookie.name
            )
            self._visit(client, own)
            self._deliver(client, own)
            for path in (*PAGES, *WRONG):
                told = client.get(path)
                self.artefacts[f"page {path}"] = f"{told.status_code} {told.headers}\n{told.text}".encode()
            assert b"200" in self.artefacts["page /me"][:3]
            bearer = {"Authorization": f"Bearer {self.made['API']}"}
            self.artefacts["write-ahead log"] = Path(f"{self.blog.folder / 'relay.db'}-wal").read_bytes()
            self.artefacts["api"] = client.get("/api/v1/queue", headers=bearer).raise_for_status().content

    def _visit(self, client: httpx.Client, own: Mapping[str, str]) -> None:
        """To networks and to the identity provider, and back with a code; to the door for devices, with an answer."""
        for account in VISITED:
            state = _state(client.post(f"/accounts/{account}/connect", headers=own))
            self.made[f"STATE_{account.upper()}"] = state
            told = client.post("/accounts/callback", data={"code": canary("CODE"), "state": state}, headers=own)
            self.artefacts[f"back for {account}"] = told.content
        self.made["STATE"] = state = _state(client.get("/sign-in/provider"))
        back = client.get("/sign-in/provider/back", params={"code": canary("CODE"), "state": state})
        # The same page in another language is at its own address, which this browser has.
        self.artefacts["back from the provider"] = re.sub(r'href="[^"]*lang=[^"]*"', "", back.text).encode()
        self.made["CHALLENGE"] = client.post("/sign-in/passkey/begin", headers=own).json()["challenge"]
        answer = {"credential": json.dumps({"id": "x", "challenge": self.made["CHALLENGE"]})}
        self.artefacts["a device"] = client.post("/sign-in/passkey", data=answer, headers=own).content

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


def _state(told: httpx.Response) -> str:
    """In the address to which a browser is sent on, by a header or by the page."""
    found = re.search(r"[?&;]state=([\w-]{20,})", f"{told.headers.get('location')} {told.text}")
    assert found, told.text
    return found[1]


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
