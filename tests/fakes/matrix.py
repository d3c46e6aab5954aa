"""A homeserver, as far as one room of it goes. ``events`` is its truth."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.fakes.wire import Call, Reply

TOKEN = "syt_not-a-real-token"
ROOM, ALIAS, ME = "!QtykxKocfsgujksjgd:example.org", "#actualites:example.org", "@veille:example.org"
LARGEST, AROUND = 65_536, 3_000
"""Bytes of an event, and how many of them are room, sender, hashes and signatures."""
LONGEST = 25_000
"""Bytes of text that the people of this server allow."""


@dataclass(slots=True)
class Homeserver:
    """Answers as Synapse does: the same transaction gives the same event, whatever the content says now."""

    now: int = 1_795_507_200_000
    """Its clock, in milliseconds since 1970."""
    is_encrypted: bool = False
    is_member: bool = True
    may_redact: bool = True
    hides_versions: int = 0
    """The status for whoever asks which events replace a message."""
    tells_transactions: bool = True
    limited_for: int = 0
    """Milliseconds for which nothing may be sent any more."""
    tells_header: bool = True
    page: int = 100
    events: list[dict[str, Any]] = field(default_factory=list)
    media: list[tuple[str, bytes]] = field(default_factory=list)
    _transactions: dict[str, str] = field(default_factory=dict)

    def answer(self, call: Call) -> Reply:
        """The reply to one call; the network's side of a ``Wire``."""
        url = urlsplit(call.path)
        if call.headers.get("authorization") != f"Bearer {TOKEN}":
            return _no(401, "M_UNKNOWN_TOKEN", "Invalid access token passed.")
        asked = {key: values[0] for key, values in parse_qs(url.query).items()}
        path = [unquote(part) for part in url.path.strip("/").split("/")]
        match [call.method, *path]:
            case ["GET", "_matrix", "client", "v3", "account", "whoami"]:
                return _yes(user_id=ME)
            case ["GET", "_matrix", "client", "v3", "directory", "room", str(alias)]:
                return (
                    _yes(room_id=ROOM) if alias == ALIAS else _no(404, "M_NOT_FOUND", f"Room alias {alias} not found")
                )
            case ["POST", "_matrix", "media", "v3", "upload"]:
                self.media.append((call.headers["content-type"], call.body))
                return _yes(content_uri=f"mxc://example.org/{len(self.media)}")
            case [_, "_matrix", "client", "v1" | "v3", "rooms", str(room), *rest]:
                return self._in_room(call, room, rest, asked)
        return _no(404, "M_UNRECOGNIZED", "Unrecognized request")

    def texts(self) -> list[str]:
        """What readers see: every message in its last version, and none that was redacted."""
        return [self._version(event)["body"] for event in self.events if not _replaced(event) and event["content"]]

    def _version(self, event: dict[str, Any]) -> dict[str, Any]:
        edits = [one for one in self.events if _replaced(one) == event["event_id"]]
        found: dict[str, Any] = edits[-1]["content"]["m.new_content"] if edits else event["content"]
        return found

    def _in_room(self, call: Call, room: str, rest: list[str], asked: dict[str, str]) -> Reply:
        if room != ROOM or not self.is_member:
            return _no(403, "M_FORBIDDEN", f"User {ME} not in room {room}")
        match [call.method, *rest]:
            case ["PUT", "send", "m.room.message", str(transaction)]:
                return self._send(transaction, json.loads(call.body))
            case ["GET", "state", "m.room.encryption"]:
                known = self.is_encrypted
                return _yes(algorithm="m.megolm.v1.aes-sha2") if known else _no(404, "M_NOT_FOUND", "Event not found.")
            case ["GET", "messages"]:
                return self._messages(asked)
        return self._of_event(call.method, rest)

    def _of_event(self, method: str, rest: list[str]) -> Reply:
        match [method, *rest]:
            case ["GET", "event", str(name)]:
                return self._event(name)
            case ["GET", "relations", _, _] if self.hides_versions:
                return _no(self.hides_versions, "M_UNRECOGNIZED", "Not now")
            case ["GET", "relations", str(name), "m.replace"]:
                return _yes(chunk=[event for event in reversed(self.events) if _replaced(event) == name])
            case ["PUT", "redact", str(name), str(transaction)]:
                return self._redact(name, transaction)
        return _no(404, "M_UNRECOGNIZED", "Unrecognized request")

    def _send(self, transaction: str, content: dict[str, Any]) -> Reply:
        if transaction in self._transactions:
            return _yes(event_id=self._transactions[transaction])
        if self.limited_for:
            header = {"retry-after": str(-(-self.limited_for // 1000))} if self.tells_header else {}
            said = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": self.limited_for}
            return Reply(429, json.dumps(said).encode(), header)
        size = len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()) + AROUND
        text = content.get("m.new_content", content)["body"]
        if size > LARGEST or len(text.encode()) > LONGEST:
            return _no(413, "M_TOO_LARGE", "event too large")
        self._transactions[transaction] = self.store(content, transaction)
        return _yes(event_id=self._transactions[transaction])

    def store(self, content: dict[str, Any], transaction: str = "") -> str:
        """Kept under a name of its own; only who sent it is told the transaction."""
        name = f"$event-{len(self.events)}"
        told = {"transaction_id": transaction} if transaction and self.tells_transactions else {"age": 5}
        event = {"type": "m.room.message", "sender": ME, "event_id": name, "room_id": ROOM, "content": content}
        self.events.append({**event, "origin_server_ts": self.now + len(self.events), "unsigned": told})
        return name

    def _event(self, name: str) -> Reply:
        """With the last of the events that replace it, whole (since version 1.7)."""
        found = next((event for event in self.events if event["event_id"] == name), None)
        if found is None:
            return _no(404, "M_NOT_FOUND", "Event not found.")
        edits = [event for event in self.events if _replaced(event) == name]
        told = {"m.relations": {"m.replace": edits[-1]}} if edits and found["content"] else {}
        return _yes(**{**found, "unsigned": {**found["unsigned"], **told}})

    def _redact(self, name: str, transaction: str) -> Reply:
        """What is redacted keeps its place and loses its content; it may be redacted again."""
        found = next((event for event in self.events if event["event_id"] == name), None)
        if found is None:
            return _no(404, "M_NOT_FOUND", f"Could not find event {name}")
        if not self.may_redact:
            return _no(403, "M_FORBIDDEN", "You don't have permission to redact events")
        found["content"] = {}
        return _yes(event_id=f"$redaction-{transaction}")

    def _messages(self, asked: dict[str, str]) -> Reply:
        """Backwards from the end, or from where the last page ended; no ``end`` where there is nothing before."""
        assert asked["dir"] == "b"
        start = int(asked.get("from", str(len(self.events))))
        first = max(start - min(int(asked["limit"]), self.page), 0)
        more = {"end": str(first)} if first else {}
        return _yes(chunk=self.events[first:start][::-1], start=str(start), **more)


def _replaced(event: dict[str, Any]) -> str:
    """The name of the event that this one replaces; empty where it replaces none."""
    relation = event["content"].get("m.relates_to", {})
    return str(relation["event_id"]) if relation.get("rel_type") == "m.replace" else ""


def _yes(**said: Any) -> Reply:
    return Reply(200, json.dumps(said).encode())


def _no(status: int, code: str, words: str) -> Reply:
    return Reply(status, json.dumps({"errcode": code, "error": words}).encode())
