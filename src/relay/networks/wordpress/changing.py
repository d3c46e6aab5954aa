"""A post edited, or put into the trash: an editor of the site can take it out again for 30 days."""

import json

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.networks.wire.answers import Answer, content, harmless, web_address
from relay.networks.wire.changed import NAMELESS, NO_MORE, NOT_OURS, of_one
from relay.networks.wire.masking import masked
from relay.networks.wordpress.answers import call, code_of, of_any

_UNKNOWN, _TRASHED, _NO_TRASH = "rest_post_invalid_id", "rest_already_trashed", "rest_trash_not_supported"
IN_TRASH = Refused("The post is in the site's trash: take it out there before you edit it.")


def edit(http: httpx.Client, account: Account, posted: Sent, before: Request, after: Request) -> Outcome:
    """The same post with other words: its address and its status stay as they are there."""
    if not posted.id.isdecimal():
        return NAMELESS
    if refused := _missing(http, account, posted, before):
        return NO_MORE if isinstance(refused, Gone) else refused
    post = {"featured_media": 0, **json.loads(after.body)}
    told = {key: value for key, value in post.items() if key not in {"slug", "status"}}
    answer = call(http, account, "POST", f"posts/{posted.id}", json=told)
    match content(answer):
        case {"id": int(), "status": "trash"}:
            return IN_TRASH
        case {"id": int(number), "link": str() | None as page} if str(number) == posted.id:
            return Sent(posted.id, web_address(page))
    return NO_MORE if code_of(answer) == _UNKNOWN else masked(_of_changing(answer), account)


def delete(http: httpx.Client, account: Account, posted: Sent, request: Request) -> Removal:
    """Into the trash; for good where the site has none (``EMPTY_TRASH_DAYS`` is 0)."""
    if not posted.id.isdecimal():
        return NAMELESS
    if refused := _missing(http, account, posted, request):
        return refused
    answer = call(http, account, "DELETE", f"posts/{posted.id}")
    if code_of(answer) == _NO_TRASH:
        answer = call(http, account, "DELETE", f"posts/{posted.id}", params={"force": "true"})
    match content(answer):
        case {"id": int(), "status": "trash"} | {"deleted": True}:
            return Gone()
    return Gone() if code_of(answer) in {_UNKNOWN, _TRASHED} else masked(_of_changing(answer), account)


def _missing(http: httpx.Client, account: Account, posted: Sent, request: Request) -> Removal | None:
    """``None`` where the post under this number is ours: on a site of another address it may be anybody's."""
    answer = call(http, account, "GET", f"posts/{posted.id}", params={"context": "edit"})
    match content(answer):
        case {"slug": str(slug), **more}:
            is_ours = slug.removesuffix("__trashed") == request.key or more.get("link") == posted.url
            return None if is_ours else NOT_OURS
    return Gone() if code_of(answer) == _UNKNOWN else masked(harmless(_of_changing(answer)), account)


def _of_changing(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """Who may not change a post may post all the same: that is no reason to hold the account."""
    is_forbidden = isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.FORBIDDEN
    return of_one(of_any(answer), is_of_secret=not is_forbidden)
