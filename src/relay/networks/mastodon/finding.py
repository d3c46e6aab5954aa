"""Reading back what an account has posted, on servers that say it in their own way."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import CannotTell, Finding, NotThere, Sent
from relay.networks.mastodon.api import call, is_unknown, read
from relay.networks.mastodon.words import of_page, of_text
from relay.networks.wire.answers import content, of_publishing, unread, web_address
from relay.networks.wire.waits import moment

PAGE, PAGES = 40, 5
"""How many posts are read back at once, and how often."""
FULL = 20
"""A page of so many may not be all, where a server has but one: what others give who are not told how many."""


@dataclass(frozen=True, slots=True)
class _Status:
    """A post as the server lists it; ``page`` is its HTML."""

    id: str
    url: str | None
    created_at: datetime
    page: str
    warning: str


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read what the account has posted since, in the words in which it was posted."""
    asked = json.loads(request.body)
    listed = _listed(http, account, since)
    if isinstance(listed, CannotTell):
        return listed
    others = [status for status in listed if status.id != asked.get("in_reply_to_id")]
    findings = [_compared(http, account, status, asked) for status in others]
    certain: list[Finding] = [finding for finding in findings if isinstance(finding, Sent)]
    doubts: list[Finding] = [finding for finding in findings if isinstance(finding, CannotTell)]
    return (certain + doubts + [NotThere()])[0]


def _listed(http: httpx.Client, account: Account, since: datetime) -> list[_Status] | CannotTell:
    """All that the account has posted since, newest first."""
    match read(http, account, "v1/accounts/verify_credentials"):
        case {"id": str(owner)}:
            path = f"v1/accounts/{owner}/statuses"
        case other:
            return _unlike(other)
    found: list[_Status] = []
    for _ in range(PAGES):
        older = {"max_id": found[-1].id} if found else {}
        page = _statuses(read(http, account, path, exclude_reblogs="true", limit=str(PAGE), **older))
        if isinstance(page, CannotTell):
            return page
        recent = [status for status in page if status.created_at >= since]
        if found and page and page[0].id == found[0].id:
            return found if len(found) < FULL else CannotTell("The server lists only the newest posts: look there.")
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
            case {"id": str(name), "created_at": str(told)} if created := moment(told):
                page, warning = _text(status, "content"), _text(status, "spoiler_text")
                found.append(_Status(name, web_address(status.get("url")), created, page, warning))
            case _:
                return _unlike(status)
    return found


def _compared(http: httpx.Client, account: Account, status: _Status, asked: dict[str, Any]) -> Finding:
    """Whether a status is the post that was asked for. One that shares its links or its words may be it.

    Some servers have no source of a post, and some tell it in other markup: then its page is read as well.
    """
    text, warning = of_text(asked["status"]), asked.get("spoiler_text", "")
    answer = call(http, account, "GET", f"v1/statuses/{status.id}/source")
    match content(answer):
        case {"text": str(source)} as found:
            told = [of_text(source), of_page(status.page)]
            shown = [_text(found, "spoiler_text"), status.warning]
        case None if is_unknown(answer) and status.page:
            told, shown = [of_page(status.page)], [status.warning]
        case None:
            return unread(of_publishing(answer))
        case other:
            return _unlike(other)
    if any(words.are(text) for words in told):
        return _behind(status, warning, shown)
    if any(words.may_be(text) for words in told):
        return CannotTell(
            f"{status.url or status.id} has the same link in other words, or the same words with another link."
        )
    return NotThere()


def _behind(status: _Status, warning: str, shown: list[str]) -> Sent | CannotTell:
    """The words are there: behind the same warning, it is the post."""
    if any(of_text(one).are(of_text(warning)) for one in shown):
        return Sent(status.id, status.url)
    return CannotTell(f"{status.url or status.id} has the same words behind another warning.")


def _text(status: dict[str, Any], name: str) -> str:
    found = status.get(name)
    return found if isinstance(found, str) else ""


def _unlike(found: Any) -> CannotTell:
    """What was read where something else was expected: a doubt already, or not Mastodon's."""
    return found if isinstance(found, CannotTell) else CannotTell("The server's answer is not one of Mastodon's.")
