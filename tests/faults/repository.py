"""A repository of the AT Protocol, as the reference PDS (0.4.217) was measured to answer. ``records`` is its truth."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.wire import Call, Reply

DID, HANDLE, PASSWORD, TOKEN = "did:plc:abc", "blog.test", "abcd-efgh-ijkl-mnop", "not-a-real-session"


@dataclass(slots=True)
class Repository:
    """``putRecord`` with ``swapRecord: null`` creates, does nothing where the same stands, and refuses another."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        asked = dict(parse_qsl(urlsplit(call.path).query))
        match urlsplit(call.path).path.rpartition(".")[2]:
            case "createSession":
                return _reply(200, {"did": DID, "handle": HANDLE, "accessJwt": TOKEN, "refreshJwt": "x"})
            case "getRecord":
                return self._read(asked["rkey"])
            case "putRecord" if call.headers.get("authorization") == f"Bearer {TOKEN}":
                return self._put(json.loads(call.body))
        return _no("InvalidToken", "Bad token")

    def texts(self) -> list[str]:
        """What readers see."""
        return [record["text"] for record in self.records.values()]

    def _read(self, key: str) -> Reply:
        if key not in self.records:
            return _no("RecordNotFound", f"Could not locate record: {key}")
        return _reply(200, self._named(key) | {"value": self.records[key]})

    def _put(self, wanted: dict[str, Any]) -> Reply:
        key, record = wanted["rkey"], wanted["record"]
        if self.records.setdefault(key, record) != record:
            return _no("InvalidSwap", f"Record was at {self._named(key)['cid']}")
        return _reply(200, self._named(key))

    def _named(self, key: str) -> dict[str, str]:
        cid = sha256(json.dumps(self.records[key]).encode()).hexdigest()
        return {"uri": f"at://{DID}/app.bsky.feed.post/{key}", "cid": cid}


def _no(error: str, message: str) -> Reply:
    return _reply(400, {"error": error, "message": message})


def _reply(status: int, content: dict[str, Any]) -> Reply:
    return Reply(status, json.dumps(content).encode())
