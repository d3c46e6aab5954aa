"""Which of an account's posts on Threads a container has become."""

import json
from datetime import datetime, timedelta
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import Sent
from relay.networks.threads.container import home
from relay.networks.wire.answers import content, web_address
from relay.networks.wire.graph import call

SKEW = timedelta(minutes=2)
"""How far Threads' clock may be from ours."""


def out(http: httpx.Client, account: Account, request: Request) -> Sent:
    """The post that a container became. Where the list does not tell which, it is out all the same.

    Then it goes by the container's name; answers are listed for those tokens alone that may read them.
    """
    body = json.loads(request.body)
    since = datetime.fromisoformat(body["approved"]) - SKEW
    params = {"fields": "id,text,permalink", "since": str(int(since.timestamp())), "limit": "100"}
    edge = "replies" if "answers" in body else "threads"
    read = content(call(http, account, "GET", f"{home(account)}/me/{edge}", params=params))
    listed = read.get("data") if isinstance(read, dict) else None
    for post in listed if isinstance(listed, list) else ():
        match post:
            case {"id": str(name), "text": str(words)} if words.split() == body["text"].split():
                return Sent(name, permalink(post))
    return Sent(body["container"])


def permalink(post: Any) -> str | None:
    """Where readers find a post, as Threads tells it."""
    return web_address(post.get("permalink")) if isinstance(post, dict) else None
