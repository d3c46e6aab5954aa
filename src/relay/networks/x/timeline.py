"""What an account has posted on X, read back to end a doubt: 0.001 USD for every post that is read."""

import html
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.outcome import CannotTell, Finding, NotThere, Sent
from relay.networks.wire.answers import content, unread
from relay.networks.x import oauth as x_oauth
from relay.networks.x.answers import call, of_api

PAGE, PAGES = 100, 2
"""How many posts are read back at once, and how often: 0.20 USD at most."""

SKEW = timedelta(minutes=2)
"""How far X's clock may be from ours."""

_WEB = re.compile(r"https?://\S+")


def page(name: str) -> str:
    """A post's address, whoever wrote it."""
    return f"https://x.com/i/web/status/{name}"


def looked_for(http: httpx.Client, account: Account, text: str, since: datetime, *, is_reply: bool = False) -> Finding:
    """The post with this text among those that the account has posted since; with ``is_reply``, among answers too."""
    owner = _owner(http, account)
    if isinstance(owner, CannotTell):
        return owner
    params = {
        "max_results": str(PAGE),
        "start_time": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "exclude": "retweets" if is_reply else "replies,retweets",
        "tweet.fields": "created_at,entities",
    }
    doubts: list[Finding] = []
    for _ in range(PAGES):
        read = content(answer := call(http, account, "GET", f"/2/users/{owner}/tweets", params=params))
        if not isinstance(read, dict):
            return unread(of_api(answer))
        for finding in (_compared(post, text) for post in read.get("data", ()) or ()):
            if isinstance(finding, Sent):
                return finding
            doubts += [finding] if isinstance(finding, CannotTell) else []
        if not (more := _next(read)):
            return [*doubts, NotThere()][0]
        params["pagination_token"] = more
    return CannotTell(f"The account has posted more than {PAGE * PAGES} times since: too many to read back.")


def _owner(http: httpx.Client, account: Account) -> str | CannotTell:
    """The account's number: told by its token, or else by X."""
    if known := x_oauth.identity(account):
        return known
    answer = call(http, account, "GET", "/2/users/me")
    match content(answer):
        case {"data": {"id": str(name)}} if name.isdecimal():
            return name
        case _:
            return unread(of_api(answer))


def _compared(post: Any, text: str) -> Finding:
    """Whether it is the one. The same words with links that X tells otherwise may be it."""
    match post:
        case {"id": str(name), "text": str(read)} if name.isdecimal():
            words = _words(_expanded(read, post.get("entities")))
        case _:
            return CannotTell("X's answer is not a list of posts.")
    if words == _words(text):
        return Sent(name, page(name))
    if _WEB.search(text) and _unlinked(words) == _unlinked(_words(text)):
        return CannotTell(f"{page(name)} has the same words and another link.")
    return NotThere()


def _expanded(read: str, entities: Any) -> str:
    """The text with its own links in the place of X's short ones; that of a picture, which X adds, goes."""
    urls = entities.get("urls") if isinstance(entities, dict) else None
    for url in urls if isinstance(urls, list) else ():
        match url:
            case {"url": str(short), "media_key": str()}:
                read = read.replace(short, "")
            case {"url": str(short), "expanded_url": str(own)}:
                read = read.replace(short, own)
    return html.unescape(read)


def _words(text: str) -> list[str]:
    """X keeps text in NFC, and gives addresses that stood without a scheme one."""
    return unicodedata.normalize("NFC", text).replace("http://", "").split()


def _unlinked(words: list[str]) -> list[str]:
    return [word for word in words if not _WEB.match(word)]


def _next(read: dict[str, Any]) -> str:
    meta = read.get("meta")
    found = meta.get("next_token") if isinstance(meta, dict) else None
    return found if isinstance(found, str) else ""
