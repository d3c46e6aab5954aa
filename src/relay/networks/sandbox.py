"""The sandbox: a network on loopback, to try everything with. It takes a post under a key once, and keeps it.

It counts like the network it imitates, and handles are those of that network.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import datetime

import httpx

from relay.core.crosspost import Account, CannotTell, Draft, Finding, Keys, Limits, NotThere, Outcome, Request, Sent
from relay.networks.answers import address, ask, of_publishing, why
from relay.networks.network import Settings

SETTINGS = Settings(
    required={
        "server": "the address of the sandbox, such as http://127.0.0.1:8081",
        "imitates": "the network it counts and looks like: mastodon or bluesky",
    },
    optional={"name": "the name on its timeline"},
)

_LIMITS = {
    "mastodon": Limits(text=(("graphemes", 500),), link_cost=23, local_mentions=True),
    "bluesky": Limits(text=(("graphemes", 300), ("bytes", 3000))),
}


def limits(account: Account) -> Limits:
    """Those of the network it imitates."""
    return _LIMITS[directory_name(account)]


def directory_name(account: Account) -> str:
    """The network it imitates; Mastodon unless it says otherwise."""
    imitated = account.options.get("imitates", "mastodon")
    return imitated if imitated in _LIMITS else "mastodon"


def prepare(http: httpx.Client, account: Account, draft: Draft, keys: Keys) -> Request:
    """The post as it will be sent; nothing needs to be asked first."""
    post = {
        "text": draft.text,
        "language": draft.language,
        "link": draft.link,
        "title": draft.title,
        "description": draft.description,
        "created_at": keys.created_at.isoformat(),
    }
    return Request(f"{keys.nonce:016x}", json.dumps(post, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Put it under its key: 201 the first time, 200 for the same again."""
    where = _where(account, request)
    answer = ask(http, "PUT", where, content=request.body.encode(), headers={"Content-Type": "application/json"})
    taken = isinstance(answer, httpx.Response) and answer.is_success
    return Sent(request.key, _page(account)) if taken else of_publishing(answer)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Look under the key."""
    answer = ask(http, "GET", _where(account, request))
    if not isinstance(answer, httpx.Response) or answer.status_code not in {200, 404}:
        return CannotTell(why(answer))
    return Sent(request.key, _page(account)) if answer.status_code == httpx.codes.OK else NotThere()


def _where(account: Account, request: Request) -> str:
    return f"{address(account.options['server'])}/accounts/{account.id}/posts/{request.key}"


def _page(account: Account) -> str:
    return f"{address(account.options['server'])}/{account.id}"
