"""A note edited or deleted, where the site can (https://www.w3.org/TR/micropub/#update, #delete)."""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.networks.micropub.answers import call, location, of_any
from relay.networks.wire.answers import Answer, content, fields, why
from relay.networks.wire.changed import NAMELESS, NO_MORE, of_one
from relay.networks.wire.masking import masked

_DONE = {httpx.codes.OK, httpx.codes.CREATED, httpx.codes.NO_CONTENT}
_NOT_THERE = {httpx.codes.NOT_FOUND, httpx.codes.GONE}


def edit(http: httpx.Client, account: Account, posted: Sent, before: Request, after: Request) -> Outcome:
    """Other words, and another picture or none, at the same address, or at the one that the site tells (201)."""
    if posted.url is None:
        return NAMELESS
    wanted, had = json.loads(after.body)["properties"], json.loads(before.body)["properties"]
    change: dict[str, Any] = {"replace": {name: wanted[name] for name in ("content", "photo") if name in wanted}}
    if "photo" in had and "photo" not in wanted:
        change["delete"] = ["photo"]
    answer = call(http, account, "POST", json={"action": "update", "url": posted.url, **change})
    if isinstance(answer, httpx.Response) and answer.status_code in _DONE:
        page = location(account, answer) or posted.url
        return Sent(posted.id if page == posted.url else page, page)
    return NO_MORE if _is_absent(http, account, answer) else masked(_of_changing(answer), account)


def delete(http: httpx.Client, account: Account, posted: Sent, request: Request) -> Removal:
    """Delete it; most sites can undo that."""
    if posted.url is None:
        return NAMELESS
    answer = call(http, account, "POST", json={"action": "delete", "url": posted.url})
    is_done = isinstance(answer, httpx.Response) and answer.status_code in _DONE
    return Gone() if is_done or _is_absent(http, account, answer) else masked(_of_changing(answer), account)


def _is_absent(http: httpx.Client, account: Account, answer: Answer) -> bool:
    """Whether it is the note that is not there: an endpoint that is not there names no error, nor its abilities."""
    if not isinstance(answer, httpx.Response) or answer.status_code not in _NOT_THERE:
        return False
    return "error" in fields(answer) or content(call(http, account, "GET", params={"q": "config"})) is not None


def _of_changing(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """A site or a token that cannot do this may take posts all the same. Older sites say 401 of a scope that lacks."""
    if isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.NOT_IMPLEMENTED:
        return Refused(why(answer))
    is_forbidden = isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.FORBIDDEN
    lacks_scope = fields(answer).get("error") == "insufficient_scope"
    return of_one(of_any(answer), is_of_secret=not is_forbidden and not lacks_scope)
