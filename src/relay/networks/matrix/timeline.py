"""A message among those of a room, as its homeserver lists them."""

import json
from datetime import UTC, datetime
from urllib.parse import quote

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import CannotTell, Finding, NotThere, Sent
from relay.networks.matrix.answers import call, of_any
from relay.networks.wire.answers import content, unread, web_address

PAGE, PAGES = 100, 5
"""How many messages of the room are read back at once, and how often."""


def page(room: str, name: str) -> str | None:
    """An address that opens the message in whatever program a reader has."""
    return web_address(f"https://matrix.to/#/{quote(room, safe='!:')}/{quote(name, safe='$:')}")


def looked_for(http: httpx.Client, account: Account, request: Request, since: datetime, me: str) -> Finding:
    """The post among what ``me`` has written there since, newest first, a page at a time."""
    frozen = json.loads(request.body)
    where = f"v3/rooms/{quote(frozen['room'], safe='')}/messages"
    place: dict[str, str] = {}
    for _ in range(PAGES):
        answer = call(http, account, "GET", where, params={"dir": "b", "limit": str(PAGE), **place})
        match content(answer):
            case {"chunk": list(events), **more}:
                name = next((found for event in events if (found := _name(event, request, me, since))), None)
            case _:
                return unread(of_any(answer))
        if name:
            return Sent(name, page(frozen["room"], name))
        end = more.get("end")
        if not isinstance(end, str) or any(_moment(event) < since for event in events):
            return NotThere()
        place = {"from": end}
    return CannotTell(f"The room has got more than {PAGE * PAGES} messages since: too many to read back.")


def _name(event: object, request: Request, me: str, since: datetime) -> str | None:
    """The identifier of an event that is this post: of its transaction or, where none is told, with its words."""
    match event:
        case {"event_id": str(name), "sender": str(sender), "unsigned": {"transaction_id": str(transaction)}}:
            return name if (sender, transaction) == (me, request.key) else None
        case {"event_id": str(name), "sender": str(sender), "content": {"body": str(body)}}:
            is_same = (sender, body) == (me, json.loads(request.body)["message"]["body"])
            return name if is_same and _moment(event) >= since else None
    return None


def _moment(event: object) -> datetime:
    """When the server says that an event came; what says nothing is of now."""
    match event:
        case {"origin_server_ts": int(milliseconds)} if 0 <= milliseconds < 1 << 47:
            return datetime.fromtimestamp(milliseconds / 1000, UTC)
    return datetime.max.replace(tzinfo=UTC)
