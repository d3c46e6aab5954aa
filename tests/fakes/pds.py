"""The real Bluesky server, started on loopback out of ``.lab/node_modules``."""

import hmac
import itertools
import json
import shutil
import subprocess
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fakes.wire import Call, Reply
from tests.real.ports import free_port

LAB = Path(__file__).parents[2] / ".lab"
_PROGRAM = Path(__file__).with_name("pds.mjs")
_JWT_SECRET = b"for-tests-only"
_COLLECTION = "app.bsky.feed.post"


@dataclass(frozen=True, slots=True)
class Member:
    """An account of this server, with an app password."""

    handle: str
    did: str
    password: str


@dataclass(frozen=True, slots=True)
class Pds:
    """The running server, and the directory of identities beside it."""

    url: str
    plc: str
    http: httpx.Client
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def join(self) -> Member:
        """A new account."""
        name = f"blog{next(self._numbers)}.test"
        who = {"handle": name, "email": f"{name}@example.org", "password": "the person's own"}
        made = self.call("POST", "com.atproto.server.createAccount", json=who)
        token = {"Authorization": f"Bearer {made['accessJwt']}"}
        app = self.call("POST", "com.atproto.server.createAppPassword", json={"name": "relay"}, headers=token)
        return Member(name, made["did"], app["password"])

    def records(self, member: Member) -> list[dict[str, Any]]:
        """What the member has published, newest first."""
        where = {"repo": member.did, "collection": _COLLECTION, "limit": "100"}
        return [found["value"] for found in self.call("GET", "com.atproto.repo.listRecords", params=where)["records"]]

    def expired(self, did: str) -> str:
        """An access token of this server for ``did`` whose two hours are over."""
        server = self.call("GET", "com.atproto.server.describeServer")["did"]
        claims = {"scope": "com.atproto.appPass", "aud": server, "sub": did, "iat": 1, "exp": 7201}
        signed = f"{_base64({'typ': 'at+jwt', 'alg': 'HS256'})}.{_base64(claims)}"
        seal = hmac.digest(_JWT_SECRET, signed.encode(), "sha256")
        return f"{signed}.{urlsafe_b64encode(seal).decode().rstrip('=')}"

    def call(self, method: str, name: str, **how: Any) -> dict[str, Any]:
        """One call that must succeed."""
        answer = self.http.request(method, f"{self.url}/xrpc/{name}", **how)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def answer(self, call: Call) -> Reply:
        """The network's side of a ``Wire``: hands the call on to the server."""
        kept = {"authorization", "content-type"} & call.headers.keys()
        headers = {name: call.headers[name] for name in kept}
        answer = self.http.request(call.method, self.url + call.path, headers=headers, content=call.body)
        told = {"date", "content-type", "ratelimit-reset", "ratelimit-remaining", "ratelimit-limit", "retry-after"}
        return Reply(
            answer.status_code, answer.content, {name: answer.headers[name] for name in told & {*answer.headers}}
        )


@contextmanager
def running(data: Path) -> Iterator[Pds]:
    """Start it, wait until it listens, and stop it at the end; skips the test where it is not installed."""
    node = shutil.which("node")
    if not node or not (LAB / "node_modules" / "@atproto" / "pds").is_dir():
        pytest.skip("needs Node and the real Bluesky server in .lab/node_modules: run .ci/run, which installs it")
    pds_port, plc_port = free_port(), free_port()
    with (
        (data / "log").open("w") as log,
        subprocess.Popen(
            [node, str(_PROGRAM), str(data), str(pds_port), str(plc_port)],
            cwd=LAB,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
        httpx.Client(trust_env=False, timeout=30) as http,
    ):
        try:
            assert process.stdout
            assert process.stdout.readline() == "READY\n", (data / "log").read_text()
            yield Pds(f"http://127.0.0.1:{pds_port}", f"http://127.0.0.1:{plc_port}", http)
        finally:
            process.terminate()


def _base64(claims: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
