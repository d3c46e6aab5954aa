"""A post among the messages of a channel, or of a thread, as a bot may read them."""

import json
from datetime import datetime
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import CannotTell, Finding, NotThere, Sent
from relay.networks.slack.answers import call, of_api, page_of
from relay.networks.slack.text import is_same
from relay.networks.wire.answers import content, unread

PAGE, PAGES = 100, 5
"""How many messages are read back at once, and how often."""
EVENT = "relay_post"


def looked_for(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """All that has come since where it was sent, a page at a time; a channel's list has no answers, a thread's has."""
    frozen = json.loads(request.body)
    channel = str(frozen["message"].get("channel") or account.options["channel"])
    root = frozen["message"].get("thread_ts")
    method = "conversations.replies" if root else "conversations.history"
    params = {"channel": channel, "oldest": f"{since.timestamp():.6f}", "limit": str(PAGE)}
    params |= {"include_all_metadata": "true"} | ({"ts": root} if root else {})
    for _ in range(PAGES):
        answer = call(http, account, "GET", method, params=params)
        page = content(answer)
        if not isinstance(page, dict) or page.get("ok") is not True:
            return unread(of_api(answer))
        if found := _among(page.get("messages"), frozen, request.key, channel):
            return found
        if not (cursor := _next(page)):
            return NotThere()
        params["cursor"] = cursor
    return CannotTell(f"The channel has got more than {PAGE * PAGES} messages since: too many to read back.")


def _among(listed: object, frozen: dict[str, Any], key: str, channel: str) -> Sent | CannotTell | None:
    """The post among the messages of a page."""
    if not isinstance(listed, list):
        return CannotTell("The server's answer is not one of Slack's.")
    moments = (_moment(one, key, frozen["message"]["text"]) for one in listed)
    moment = next(filter(None, moments), None)
    return Sent(moment, page_of(frozen, channel, moment)) if moment else None


def _moment(message: object, key: str, text: str) -> str | None:
    """The time stamp, which is a message's identifier, where it is the one with this key; ``None`` for another."""
    match message:
        case {"ts": str(moment), "metadata": {"event_type": str(kind), "event_payload": {"key": str(found)}}}:
            return moment if (kind, found) == (EVENT, key) else None
        case {"ts": str(moment), "text": str(read)} if is_same(read, text):
            return moment
    return None


def _next(page: dict[str, Any]) -> str:
    more = page.get("response_metadata")
    found = more.get("next_cursor") if isinstance(more, dict) else None
    return found if isinstance(found, str) else ""
