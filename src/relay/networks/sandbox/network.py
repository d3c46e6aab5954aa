"""A network to try relay with: a server on loopback that keeps posts under the key of each, and shows them.

It counts as the network that it imitates. Its posts are put where their key says
(``PUT /accounts/ACCOUNT/posts/KEY``), so that the same request may come any number of times; one may answer another,
be put over what was there, and be deleted. A picture is shown from its address.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import UTC, datetime

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import CannotTell, Finding, NotThere, Outcome, Refused, Sent
from relay.networks.abilities import Abilities
from relay.networks.network import Settings
from relay.networks.sandbox.changing import delete, edit, place
from relay.networks.wire.answers import ask, content, of_publishing, unread, web_address
from relay.networks.writing.tid import mint

SETTINGS = Settings(
    required={
        "server": "the sandbox's address, such as http://127.0.0.1:8090",
        "imitates": "mastodon or bluesky: whose limits hold, and what its timeline looks like",
    },
    optional={"name": "the name over its posts"},
)

IMITATED = {
    "mastodon": Limits(
        text=(("graphemes", 500),), link_cost=23, local_mentions=True, threads=True, counts_warning=True
    ),
    "bluesky": Limits(text=(("graphemes", 300), ("bytes", 3000)), threads=True),
}


def limits(account: Account) -> Limits:
    """Those of the network that it imitates; where there is no such network, the shorter ones."""
    return IMITATED.get(account.options["imitates"], IMITATED["bluesky"])


def directory_name(account: Account) -> str:
    """The network that it imitates."""
    return account.options["imitates"]


def abilities(account: Account) -> Abilities:
    """All that can be tried before it is done where others read it."""
    return Abilities(edit=edit, delete=delete, threads=True, warns=account.options["imitates"] == "mastodon")


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Refused:
    """The post as JSON with sorted keys; nothing needs to be asked first."""
    imitates = account.options["imitates"]
    if imitates not in IMITATED:
        return Refused(f"A sandbox cannot imitate “{imitates}”: it knows {' and '.join(IMITATED)}.")
    post = {
        "text": draft.text,
        "language": draft.language,
        "link": draft.link,
        "title": draft.title,
        "description": draft.description,
        "image": {"url": draft.image.url, "alt": draft.image.alt} if draft.image else None,
        "created_at": keys.created_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
    post |= {"answers": after[-1].id} if after else {}
    post |= {"warning": draft.warning} if draft.warning and imitates == "mastodon" else {}
    return Request(mint(keys), json.dumps(post, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Put it under its key: 201 the first time, 200 again, 409 where another post stands."""
    headers = {"Content-Type": "application/json"}
    answer = ask(http, "PUT", place(account, request), headers=headers, content=request.body.encode())
    match content(answer):
        case {"url": str(page)}:
            return Sent(request.key, web_address(page))
        case _:
            return of_publishing(answer)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Look under its key: whatever its date, it is there or it is not."""
    answer = ask(http, "GET", place(account, request))
    found = content(answer)
    match found:
        case {"text": text} if text == json.loads(request.body)["text"]:
            return Sent(request.key, web_address(found.get("url")))
        case {"text": _}:
            return CannotTell(f"Another text stands at {place(account, request)}.")
    is_absent = isinstance(answer, httpx.Response) and answer.status_code == 404
    return NotThere() if is_absent else unread(of_publishing(answer))
