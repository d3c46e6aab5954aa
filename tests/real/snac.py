"""The real server snac (Debian, in ``.lab/snac``): ActivityPub, and a part of Mastodon's API.

It has no ``Idempotency-Key``, no length that it refuses and no ``/api/v2/instance``.
"""

import itertools
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.fakes.wire import Wire, listening
from tests.real.front import before
from tests.real.ports import LOOPBACK, free_port
from tests.real.program import LAB, answers, need, running

_PROGRAM = LAB / "snac" / "root" / "usr" / "bin" / "snac"
_NOWHERE = "urn:ietf:wg:oauth:2.0:oob"
"""A redirect that goes nowhere: the code is shown instead."""


@dataclass(frozen=True, slots=True)
class Member:
    """An account of this server; ``instance`` is its address, and ``token`` may read and write."""

    instance: str
    user: str
    token: str


@dataclass(frozen=True, slots=True)
class Snac:
    """The running server. It closes connections without saying so; ``url`` is a front that does not."""

    url: str
    folder: Path
    http: httpx.Client
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def join(self) -> Member:
        """A new account, signed in the whole way of OAuth."""
        user = f"veille{next(self._numbers)}"
        said = _said(("adduser", self.folder, user), "y\n")
        password = said.partition("User password is ")[2].split()[0]
        return Member(self.url, user, self._token(user, password))

    def statuses(self, member: Member) -> list[dict[str, Any]]:
        """What the member has published, newest first."""
        headers = {"Authorization": f"Bearer {member.token}"}
        me = self.http.get(f"{self.url}/api/v1/accounts/verify_credentials", headers=headers).json()["id"]
        found: list[dict[str, Any]] = self.http.get(f"{self.url}/api/v1/accounts/{me}/statuses", headers=headers).json()
        return found

    def clear(self, member: Member) -> None:
        """As if the member had never published anything."""
        home = self.folder / "user" / member.user
        for file in (*home.glob("p*/*.json"), *home.glob("p*.idx"), *(self.folder / "object").rglob("*.*")):
            file.unlink(missing_ok=True)

    def texts(self, member: Member) -> list[str]:
        """The same as it was written."""
        headers, where = {"Authorization": f"Bearer {member.token}"}, f"{self.url}/api/v1/statuses"
        names = [status["id"] for status in self.statuses(member)]
        return [self.http.get(f"{where}/{name}/source", headers=headers).json()["text"] for name in names]

    def _token(self, user: str, password: str) -> str:
        wanted = {"client_name": "relay", "redirect_uris": _NOWHERE, "scopes": "read write"}
        app = self.http.post(f"{self.url}/api/v1/apps", data=wanted).json()
        who = {"login": user, "passwd": password, "redir": _NOWHERE, "cid": app["client_id"]}
        code = self.http.post(f"{self.url}/oauth/x-snac-login", data=who).text
        ours = {"client_id": app["client_id"], "client_secret": app["client_secret"], "redirect_uri": _NOWHERE}
        asked = {"grant_type": "authorization_code", "code": code, **ours}
        token: str = self.http.post(f"{self.url}/oauth/token", data=asked).json()["access_token"]
        return token


@contextmanager
def instance(folder: Path) -> Iterator[Snac]:
    """Started on a free port, over plain HTTP."""
    need(_PROGRAM)
    port, data = free_port(), folder / "data"
    _said(("init", data), f"{LOOPBACK}\n{port}\n{LOOPBACK}:{port}\n\n\n\n")
    settings = json.loads((data / "server.json").read_text())
    (data / "server.json").write_text(json.dumps(settings | {"protocol": "http"}))
    url = f"http://{LOOPBACK}:{port}"
    once = httpx.Limits(max_keepalive_connections=0)
    with (
        running((_PROGRAM, "httpd", data), folder, answers(f"{url}/nodeinfo/2.0")),
        httpx.Client(trust_env=False, timeout=30, limits=once) as behind,
        listening(Wire(before(behind, url), publishes="nothing is broken here")) as wire,
        httpx.Client(trust_env=False, timeout=30) as http,
    ):
        yield Snac(wire.url, data, http)


def _said(command: tuple[str | Path, ...], typed: str) -> str:
    """What a command of snac says, where it is told ``typed``."""
    done = subprocess.run((_PROGRAM, *command), input=typed, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
