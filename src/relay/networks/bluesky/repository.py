"""A repository of the AT Protocol: what stands under a key, and calls as they are frozen.

Whoever answers a post, or puts another in its place, names it by its key and by the hash of what stands there (CID).
"""

import json
from dataclasses import dataclass
from typing import Any

import httpx

from relay.core.outcome import AuthLost, Refused, Retry, Sent
from relay.networks.bluesky.atproto import xrpc
from relay.networks.bluesky.syntax import at_uri
from relay.networks.wire.answers import content, fields, of_preparing

POSTS, GATES = "app.bsky.feed.post", "app.bsky.feed.threadgate"
PUT, DELETE = "com.atproto.repo.putRecord", "com.atproto.repo.deleteRecord"


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as it stands: its address, the hash of it, and what it says."""

    uri: str
    cid: str
    value: dict[str, Any]

    @property
    def reference(self) -> dict[str, str]:
        """A strong reference (``com.atproto.repo.strongRef``)."""
        return {"uri": self.uri, "cid": self.cid}


def standing(http: httpx.Client, service: str, repo: str, key: str) -> Standing | Retry | Refused | AuthLost | None:
    """The post under a key; ``None`` where there is none."""
    where = {"repo": repo, "collection": POSTS, "rkey": key}
    answer = xrpc(http, "GET", service, "com.atproto.repo.getRecord", params=where)
    match content(answer):
        case {"uri": str(uri), "cid": str(cid), "value": dict(value)}:
            return Standing(uri, cid, value)
    return None if fields(answer).get("error") == "RecordNotFound" else of_preparing(answer)


def replying(
    http: httpx.Client, service: str, after: tuple[Sent, ...]
) -> dict[str, dict[str, dict[str, str]]] | Retry | Refused | AuthLost:
    """What a record says of the posts before it in its thread: the first, and the one that it answers."""
    if not after:
        return {}
    answered = at_uri(after[-1].id)
    parent = standing(http, service, answered[0], answered[2]) if answered else None
    match parent:
        case None:
            return Refused("Bluesky no longer has the post that this one answers: send it as a thread of its own.")
        case Standing(value={"reply": {"root": {"uri": str(uri), "cid": str(cid)}}}):
            return {"reply": {"root": {"uri": uri, "cid": cid}, "parent": parent.reference}}
        case Standing():
            return {"reply": {"root": parent.reference, "parent": parent.reference}}
        case _:
            return parent


def written(call: dict[str, Any]) -> str:
    """A call as JSON: the same call gives the same bytes."""
    return json.dumps(call, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
