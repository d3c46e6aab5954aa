"""The real Matrix homeserver Synapse (PyPI, in ``.lab/synapse``), with a SQLite file."""

import hmac
import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.real.ports import LOOPBACK, free_port
from tests.real.program import LAB, answers, need, running

_PROGRAM = LAB / "synapse" / "bin" / "synapse_homeserver"
_SHARED = "for tests only"
_CLIENT = "/_matrix/client/v3"
_PLENTY = {"per_second": 10_000, "burst_count": 10_000}
_LIMITED = {"messages_per_second": 1, "burst_count": 5}
"""Fewer messages at once than Synapse lets everybody write (0.2 a second, 10 at once), and again after a second."""


@dataclass(frozen=True, slots=True)
class Room:
    """A public room that is not encrypted, and one who may write there."""

    id: str
    alias: str
    user: str
    token: str


@dataclass(frozen=True, slots=True)
class Synapse:
    """The running server."""

    url: str
    http: httpx.Client
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def room(self, *, is_limited: bool = False) -> Room:
        """A new room with a new person in it, who may write as often as wanted, or five messages at once."""
        number = next(self._numbers)
        user, token = self._join(f"veille{number}")
        wanted = {"preset": "public_chat", "room_alias_name": f"actualites{number}"}
        room = self.call(token, "POST", f"{_CLIENT}/createRoom", json=wanted)["room_id"]
        if is_limited:
            _, admin = self._join(f"admin{number}", is_admin=True)
            self.call(admin, "POST", f"/_synapse/admin/v1/users/{user}/override_ratelimit", json=_LIMITED)
        return Room(room, f"#actualites{number}:localhost", user, token)

    def texts(self, room: Room) -> list[str]:
        """What readers see there: every message in its last version, and none that was redacted."""
        return [_version(event)["body"] for event in self.messages(room) if event["content"] and not _is_edit(event)]

    def messages(self, room: Room) -> list[dict[str, Any]]:
        """All events of messages there, oldest first; what was redacted has no content."""
        asked = {"dir": "f", "limit": "1000", "filter": json.dumps({"types": ["m.room.message"]})}
        told = self.call(room.token, "GET", f"{_CLIENT}/rooms/{room.id}/messages", params=asked)
        found: list[dict[str, Any]] = told["chunk"]
        return found

    def call(self, token: str, method: str, path: str, **how: Any) -> dict[str, Any]:
        """One call that must succeed."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.http.request(method, self.url + path, headers=headers, **how)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def _join(self, name: str, *, is_admin: bool = False) -> tuple[str, str]:
        """A new account: its identifier and its access token."""
        nonce = self.call("", "GET", "/_synapse/admin/v1/register")["nonce"]
        parts = [nonce, name, "pw", "admin" if is_admin else "notadmin"]
        seal = hmac.digest(_SHARED.encode(), b"\0".join(part.encode() for part in parts), "sha1").hex()
        who = {"nonce": nonce, "username": name, "password": "pw", "admin": is_admin, "mac": seal}
        made = self.call("", "POST", "/_synapse/admin/v1/register", json=who)
        return made["user_id"], made["access_token"]


def _is_edit(event: dict[str, Any]) -> bool:
    return bool(event["content"].get("m.relates_to", {}).get("rel_type") == "m.replace")


def _version(event: dict[str, Any]) -> dict[str, Any]:
    """The content of the last edit, which the server tells with the event."""
    edit = event.get("unsigned", {}).get("m.relations", {}).get("m.replace")
    found: dict[str, Any] = edit["content"]["m.new_content"] if edit else event["content"]
    return found


@contextmanager
def homeserver(folder: Path) -> Iterator[Synapse]:
    """Started on a free port; nobody is limited there who was not made so."""
    need(_PROGRAM)
    port = free_port()
    (folder / "homeserver.yaml").write_text(json.dumps(_settings(folder, port)))
    (folder / "log.yaml").write_text(json.dumps(_logging()))
    command = (_PROGRAM, "-c", folder / "homeserver.yaml")
    url = f"http://{LOOPBACK}:{port}"
    with (
        running(command, folder, answers(f"{url}/_matrix/client/versions")),
        httpx.Client(trust_env=False, timeout=30) as http,
    ):
        yield Synapse(url, http)


def _settings(folder: Path, port: int) -> dict[str, Any]:
    """Its configuration is YAML, and so is JSON. Nobody else's server is asked for anything."""
    listener = {"port": port, "bind_addresses": [LOOPBACK], "type": "http", "tls": False}
    return {
        "server_name": "localhost",
        "listeners": [{**listener, "resources": [{"names": ["client", "media"]}]}],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "log_config": str(folder / "log.yaml"),
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "registration_shared_secret": _SHARED,
        "macaroon_secret_key": _SHARED,
        "report_stats": False,
        "suppress_key_server_warning": True,
        "trusted_key_servers": [],
        "rc_registration": _PLENTY,
        "rc_message": _PLENTY,
        "bcrypt_rounds": 4,
        "federation_domain_whitelist": [],
    }


def _logging() -> dict[str, Any]:
    handlers = {"said": {"class": "logging.StreamHandler"}}
    return {"version": 1, "root": {"level": "WARNING", "handlers": ["said"]}, "handlers": handlers}
