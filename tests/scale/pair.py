"""Two web processes on one database, each reached by its own port, as if the proxy had chosen it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx

from relay.core.crosspost import Crosspost, State
from relay.core.people import Role
from relay.storage import crossposts, people
from relay.storage.database import Database, open_database
from relay.wiring import clock
from tests.core.things import CROSSPOST
from tests.edges.rows import add_entry
from tests.fakes.oidc import CLIENT, SECRET, Provider, providing
from tests.real.ports import free_port

STEADY = 60.0
"""Seconds that a start may take on a machine that has much else to do."""
_TEXT = """version  = 1
language = "fr"

[service]
listen     = "127.0.0.1:{port}"
public_url = "{public}"
feeds      = "{folder}/feeds"
allow      = ["127.0.0.1"]
work       = "workers"

[sign_in]
passwords = true

[sign_in.oidc]
issuer        = "{issuer}"
client_id     = "{client}"
client_secret = {{ env = "PAIR_SECRET" }}

[sources.cget]
url = "http://127.0.0.1:9/rss"

[accounts.out]
network  = "sandbox"
server   = "http://127.0.0.1:9"
imitates = "mastodon"

[[routes]]
from = ["cget"]
to   = ["out"]
"""


@dataclass(slots=True)
class Pair:
    """``urls``: one and the other; ``public`` is the address that both say they are."""

    urls: tuple[str, str]
    public: str
    db: Database
    provider: Provider
    browsers: list[httpx.Client] = field(default_factory=list)

    def browser(self) -> "Browser":
        """One that nobody has signed in with."""
        headers = {"Origin": self.public}
        client = httpx.Client(headers=headers, trust_env=False, timeout=20)
        self.browsers.append(client)
        return Browser(client, self.urls)

    def member(self, name: str, role: Role = Role.EDITOR, email: str = "") -> "Browser":
        """Somebody new, who signs in at the first of the two."""
        browser = self.browser()
        with self.db.write() as tx:
            people.add(tx, name, role, clock(), (), email)
        assert browser.post(0, self.link(name)).status_code == 303
        return browser

    def link(self, name: str) -> str:
        """A sign-in address for a member."""
        token = f"token-{name}-{time.monotonic_ns()}"
        with self.db.write() as tx:
            people.add_link(tx, token, name, clock().replace(year=clock().year + 1))
        return f"/c/{token}"

    def waiting(self, slug: str) -> Crosspost:
        """A cross-post that waits for an editor."""
        with self.db.write() as tx:
            entry = add_entry(tx, slug)
            id = crossposts.queue(tx, replace(CROSSPOST, id=0, entry_id=entry, account="out", state=State.WAITING))
            found = crossposts.get(tx, id)
        assert found
        return found


@dataclass(frozen=True, slots=True)
class Browser:
    """What it asks, it asks one of the two, ``at`` 0 or 1; its cookies are for both."""

    client: httpx.Client
    urls: tuple[str, str]

    def get(self, at: int, path: str) -> httpx.Response:
        """A page."""
        return self.client.get(self.urls[at] + path)

    def post(self, at: int, path: str, data: Mapping[str, str] | None = None) -> httpx.Response:
        """A form."""
        return self.client.post(self.urls[at] + path, data=data)


@contextmanager
def standing(folder: Path, database: str) -> Iterator[Pair]:
    """Both at work, on a database of this version."""
    ports = (free_port(), free_port())
    public, db = f"http://localhost:{free_port()}", open_database(database)
    with providing() as provider:
        provider.now = clock()
        files = [_written(folder, port, public, provider.url) for port in ports]
        processes = [_started(file, database) for file in files]
        pair = Pair((f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}"), public, db, provider)
        try:
            for url in pair.urls:
                _wait(url)
            yield pair
        finally:
            for process in processes:
                process.kill()
                process.wait()
            for browser in pair.browsers:
                browser.close()
            db.close()


def _written(folder: Path, port: int, public: str, issuer: str) -> Path:
    file = folder / f"{port}.toml"
    own = {"port": port, "public": public, "folder": folder}
    file.write_text(_TEXT.format(**own, issuer=issuer, client=CLIENT), encoding="utf-8")
    return file


def _started(file: Path, database: str) -> subprocess.Popen[bytes]:
    with file.with_suffix(".log").open("wb") as log:
        line = [sys.executable, "-m", "relay", "run", "--config", str(file)]
        return subprocess.Popen(
            line, stdout=log, stderr=log, env={**os.environ, "PAIR_SECRET": SECRET, "RELAY_DATABASE": database}
        )


def _wait(url: str) -> None:
    end = time.monotonic() + STEADY
    while time.monotonic() < end:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/", trust_env=False, timeout=5).status_code < 500:
                return
        time.sleep(0.1)
    raise RuntimeError(f"nobody serves {url}")
