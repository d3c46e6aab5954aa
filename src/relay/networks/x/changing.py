"""A post of X that is already public: deleted, or edited by whoever pays X for it, within the hour.

An edit is another post with a number of its own, which stands in the place of the first.
"""

import json
from datetime import datetime

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, CannotTell, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.networks.wire.answers import Answer, allowance, content
from relay.networks.wire.changed import NAMELESS, of_one
from relay.networks.wire.masking import masked
from relay.networks.x import oauth as x_oauth
from relay.networks.x.answers import NOT_AUTHORIZED, call, is_duplicate, is_missing, of_api, problem
from relay.networks.x.timeline import SKEW, looked_for, page


def edit(http: httpx.Client, account: Account, sent: Sent, before: Request, after: Request) -> Outcome:
    """Post the new words in the place of the old ones, once; where it is in a thread, it stays there.

    The post has another number then. What X refuses may be public by an attempt before this one.
    """
    if unfit := x_oauth.unfit(account):
        return unfit
    if not sent.id.isdecimal():
        return NAMELESS
    old, new = json.loads(before.body), json.loads(after.body)["post"]
    post = new | {name: old["post"][name] for name in ("reply",) if name in old["post"]}
    edited = post | {"edit_options": {"previous_post_id": sent.id}}
    answer = call(http, account, "POST", "/2/tweets", json=edited)
    told = _told(answer)
    if not isinstance(told, Refused):
        return masked(told, account)
    since = datetime.fromisoformat(old["approved"]) - SKEW
    match looked_for(http, account, post["text"], since, is_reply="reply" in post):
        case Sent() as found if found.id != sent.id:
            return found
        case CannotTell(why) if is_duplicate(answer):
            told = Unsure(f"X has had this text already. {why}")
    return masked(told, account)


def delete(http: httpx.Client, account: Account, sent: Sent, request: Request) -> Removal:  # noqa: ARG001
    """Delete it; what X does not have any more is deleted too."""
    if unfit := x_oauth.unfit(account):
        return unfit
    if not sent.id.isdecimal():
        return NAMELESS
    answer = call(http, account, "DELETE", f"/2/tweets/{sent.id}")
    match content(answer):
        case {"data": {"deleted": True}}:
            return Gone()
        case {"data": {"deleted": False}}:
            return Refused("X did not delete the post: delete it there.")
    return Gone() if is_missing(answer) else masked(_of_changing(answer), account)


def _told(answer: Answer) -> Outcome:
    match content(answer):
        case {"data": {"id": str(name)}} if name.isdecimal():
            return Sent(name, page(name), allowance(answer))
    gone = Refused("X no longer has this post: there is nothing to edit.")
    return gone if is_missing(answer) else _of_changing(answer)


def _of_changing(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """What an account may not do to one post, because it is another's, keeps it from no other."""
    return of_one(of_api(answer), is_of_secret=problem(answer) != NOT_AUTHORIZED)
