"""Changing and deleting what was posted. Servers that cannot are known only by their answer."""

import json
from typing import TypeVar

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.networks.mastodon.api import call, is_unknown
from relay.networks.mastodon.media import kept
from relay.networks.mastodon.sending import SENDING, without_notes
from relay.networks.wire.answers import allowance, content, of_publishing, web_address
from relay.networks.wire.changed import NAMELESS, NO_MORE
from relay.networks.wire.masking import masked

_NO_EDITS = Refused("This server cannot change a post: delete it and send it again, or leave it as it is.")
_NO_DELETION = Refused("This server deletes no post for relay: delete it on its own page.")

_Absent = TypeVar("_Absent", Refused, Gone)

_ONCE = {"visibility", "in_reply_to_id", "quote_approval_policy"}
"""What is said once, when posting."""


def edit(http: httpx.Client, account: Account, sent: Sent, before: Request, after: Request) -> Outcome:
    """The same post in other words; the server keeps its history. No key: Pleroma would replay an older answer."""
    if sent.id == before.key:
        return NAMELESS
    body = {name: value for name, value in without_notes(after.body).items() if name not in _ONCE}
    said = {"spoiler_text": "", "sensitive": False} | body
    asked = said | kept(json.loads(before.body), json.loads(after.body))
    answer = call(http, account, "PUT", f"v1/statuses/{sent.id}", json=asked, timeout=SENDING)
    match content(answer):
        case {"id": str()} as status:
            return Sent(sent.id, web_address(status.get("url")) or sent.url, allowance(answer))
        case _ if is_unknown(answer):
            return masked(_looked(http, account, sent, _NO_EDITS, NO_MORE), account)
        case _:
            return masked(of_publishing(answer), account)


def delete(http: httpx.Client, account: Account, sent: Sent, request: Request) -> Removal:
    """It and its pictures at once: what was withdrawn is not kept to be posted again (``delete_media``, since 4.4)."""
    if sent.id == request.key:
        return NAMELESS
    answer = call(http, account, "DELETE", f"v1/statuses/{sent.id}", params={"delete_media": "true"})
    if is_unknown(answer):
        return masked(_looked(http, account, sent, _NO_DELETION, Gone()), account)
    is_done = isinstance(answer, httpx.Response) and answer.is_success
    return Gone() if is_done else masked(of_publishing(answer), account)


def _looked(
    http: httpx.Client, account: Account, sent: Sent, there: Refused, gone: _Absent
) -> Retry | Refused | AuthLost | Unsure | _Absent:
    """Whether it was the way that the server did not know, and not the post."""
    answer = call(http, account, "GET", f"v1/statuses/{sent.id}")
    if is_unknown(answer):
        return gone
    return of_publishing(answer) if content(answer) is None else there
