"""Mastodon, and servers that speak its API.

The ``Idempotency-Key`` protects a post for an hour, and not everywhere: versions 4.6.0 to 4.6.5 answer 500 to a
repeated key although the post is there. So no error of the server ever means "not posted": it is read back.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.language.text import spans
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities
from relay.networks.mastodon.media import upload
from relay.networks.network import Settings
from relay.networks.showing import with_first_link
from relay.networks.wire.answers import address, ask, content, moment, of_publishing, web_address, why
from relay.networks.wire.tokens import UNFIT, bearer, is_token

SETTINGS = Settings(
    required={"instance": "the server's address, such as https://mastodon.social"},
    optional={
        "visibility": "public (the default), unlisted, private or direct",
        "attach": "card (the default): the server draws one of the link; picture: the post's own, and no card",
    },
    secret={"token": "an access token with write:statuses, read:statuses and read:accounts, made under Development"},
    shows=lambda account, draft: replace(with_first_link(account, draft), bare_links=LINK),
)

SENDING = httpx.Timeout(60)
"""A server looks up everyone who is mentioned before it answers, and others may be slow to answer it."""

LINK = 30
"""Characters of a link that readers see."""
PAGE, PAGES = 40, 5
"""How many posts are read back at once, and how often."""

_VISIBILITIES = {"public", "unlisted", "private", "direct"}


@dataclass(frozen=True, slots=True)
class _Status:
    """A post as the server lists it."""

    id: str
    url: str | None
    created_at: datetime


def limits(account: Account) -> Limits:
    """What every Mastodon takes unless its people changed it: 500 graphemes, any link counting 23."""
    return Limits(text=(("graphemes", 500),), link_cost=23, local_mentions=True)


def directory_name(account: Account) -> str:
    """Handles are written with their server ("@cget@social.example"), so they hold on every server."""
    return "mastodon"


def abilities(account: Account) -> Abilities:
    """Nothing yet: what was sent stays as it is."""
    return Abilities()


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The post as it will be sent; its picture goes ahead, so that a repeat is a repeat of the same picture.

    A server refuses a picture that another post has already (since 4.3): such a post cannot be there twice.
    """
    if not is_token(account.secrets["token"]):
        return UNFIT
    visibility = account.options.get("visibility", "public")
    if visibility not in _VISIBILITIES:
        return Refused(f"There is no visibility “{visibility}” on Mastodon.")
    status: dict[str, Any] = {"status": draft.text, "language": draft.language, "visibility": visibility}
    if draft.image and picture and account.options.get("attach") == "picture":
        uploaded = upload(http, account, draft.image, picture)
        if not isinstance(uploaded, str):
            return uploaded
        status["media_ids"] = [uploaded]
    key = f"{keys.created_at:%Y%m%dT%H%M%S}-{keys.nonce:016x}"
    return Request(key, json.dumps(status, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it under its key."""
    headers = bearer(account.secrets["token"]) | {"Idempotency-Key": request.key, "Content-Type": "application/json"}
    where = f"{address(account.options['instance'])}/api/v1/statuses"
    answer = ask(http, "POST", where, headers=headers, content=request.body.encode(), timeout=SENDING)
    match content(answer):
        case {"id": str(name), "url": str() | None as page}:
            return Sent(name, web_address(page))
        case _:
            return of_publishing(answer)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read what the account has posted since, in the words in which it was posted."""
    text = json.loads(request.body)["status"]
    listed = _listed(http, account, since)
    if isinstance(listed, CannotTell):
        return listed
    findings = [_compared(http, account, status, text) for status in listed]
    certain: list[Finding] = [finding for finding in findings if isinstance(finding, Sent)]
    doubts: list[Finding] = [finding for finding in findings if isinstance(finding, CannotTell)]
    return (certain + doubts + [NotThere()])[0]


def _listed(http: httpx.Client, account: Account, since: datetime) -> list[_Status] | CannotTell:
    """All that the account has posted since, newest first."""
    match _read(http, account, "accounts/verify_credentials"):
        case {"id": str(owner)}:
            path = f"accounts/{owner}/statuses"
        case other:
            return _unlike(other)
    found: list[_Status] = []
    for _ in range(PAGES):
        older = {"max_id": found[-1].id} if found else {}
        page = _statuses(_read(http, account, path, exclude_reblogs="true", limit=str(PAGE), **older))
        if isinstance(page, CannotTell):
            return page
        recent = [status for status in page if status.created_at >= since]
        found += recent
        if not page or len(recent) < len(page):
            return found
    return CannotTell(f"The account has posted more than {PAGE * PAGES} times since: too many to read back.")


def _statuses(listed: Any) -> list[_Status] | CannotTell:
    if not isinstance(listed, list):
        return _unlike(listed)
    found = []
    for status in listed:
        match status:
            case {"id": str(name), "url": str() | None as url, "created_at": str(told)} if created := moment(told):
                found.append(_Status(name, url, created))
            case _:
                return _unlike(status)
    return found


def _compared(http: httpx.Client, account: Account, status: _Status, text: str) -> Finding:
    """Whether a status is the post with this text. One that only shares its links may be it, in other words."""
    match _read(http, account, f"statuses/{status.id}/source"):
        case {"text": str(words)} if words.split() == text.split():
            return Sent(status.id, web_address(status.url))
        case {"text": str(words)} if _links(text) & _links(words):
            return CannotTell(f"{status.url} has the same link in other words.")
        case {"text": str()}:
            return NotThere()
        case other:
            return _unlike(other)


def _links(text: str) -> set[str]:
    return {span.text for span in spans(text) if span.kind == "link"}


def _read(http: httpx.Client, account: Account, path: str, **params: str) -> Any:
    """The JSON under a path of the API, ``CannotTell`` where there is none."""
    url = f"{address(account.options['instance'])}/api/v1/{path}"
    answer = ask(http, "GET", url, headers=bearer(account.secrets["token"]), params=params)
    found = content(answer)
    return CannotTell(why(answer)) if found is None else found


def _unlike(read: Any) -> CannotTell:
    """What was read where something else was expected: a doubt already, or not Mastodon's."""
    return read if isinstance(read, CannotTell) else CannotTell("The server's answer is not one of Mastodon's.")
