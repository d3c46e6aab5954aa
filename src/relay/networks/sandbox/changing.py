"""A post edited or deleted where its key says: put again over what was there (RFC 9110, ``If-Match``), or deleted."""
# ruff: noqa: ARG001 — a network has the arguments of all networks

from urllib.parse import quote

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import Gone, Outcome, Removal, Sent
from relay.networks.wire.answers import address, ask, content, harmless, of_publishing, web_address
from relay.networks.wire.changed import NO_MORE


def edit(http: httpx.Client, account: Account, posted: Sent, before: Request, after: Request) -> Outcome:
    """Put ``after`` in the place of whatever stands there, if anything does."""
    where = place(account, before)
    answer = ask(http, "GET", where)
    if not isinstance(answer, httpx.Response) or not answer.is_success:
        is_absent = isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.NOT_FOUND
        return NO_MORE if is_absent else harmless(of_publishing(answer))
    headers = {"Content-Type": "application/json", "If-Match": answer.headers.get("etag", "*")}
    match content(told := ask(http, "PUT", where, headers=headers, content=after.body.encode())):
        case {"url": str(page)}:
            return Sent(posted.id, web_address(page))
    return of_publishing(told)


def delete(http: httpx.Client, account: Account, posted: Sent, request: Request) -> Removal:
    """Delete it: 204, or 404 where it is not."""
    answer = ask(http, "DELETE", place(account, request))
    is_gone = isinstance(answer, httpx.Response) and answer.status_code in {204, 404}
    return Gone() if is_gone else of_publishing(answer)


def place(account: Account, request: Request) -> str:
    """The address of a post."""
    server = address(account.options["server"])
    return f"{server}/accounts/{quote(account.id, safe='')}/posts/{request.key}"
