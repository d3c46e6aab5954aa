"""A post of a Page that is already public: its words changed, or all of it deleted.

A Page lets an app change what that app has posted, and nothing else (https://developers.facebook.com/docs/pages-api/posts).
"""

import json
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import Outcome, Refused, Removal, Sent
from relay.networks.facebook.page import NAME, node, unfit
from relay.networks.wire.answers import content
from relay.networks.wire.changed import NAMELESS
from relay.networks.wire.graph import call, deleted, is_missing, of_changing
from relay.networks.wire.masking import masked

_LINK = Refused("Facebook changes the words of a post alone, not its link: delete it, and send it anew.")
_PICTURE = Refused("Facebook changes the words of a post alone, not its picture: delete it, and send it anew.")


def edit(http: httpx.Client, account: Account, sent: Sent, before: Request, after: Request) -> Outcome:
    """Put the new words in the place of the old ones; link and photo stay as they are."""
    if lacking := unfit(account):
        return lacking
    if sent.id == before.key:
        return NAMELESS
    had, wanted = json.loads(before.body), json.loads(after.body)
    old, new = had["post"], wanted["post"]
    if old["message"] == new["message"]:
        return _beneath(had, wanted) or sent
    answer = call(http, account, "POST", node(account, sent.id), data={"message": new["message"]})
    match content(answer):
        case {"success": True}:
            return sent
    if is_missing(answer):
        return Refused("Facebook no longer has this post, or not as this app's: there is nothing to edit.")
    return masked(of_changing(answer, NAME), account)


def _beneath(had: dict[str, Any], wanted: dict[str, Any]) -> Refused | None:
    """Why what stands beneath the words cannot become what is wanted; ``None`` where it is that already."""
    if had.get("picture") != wanted.get("picture"):
        return _PICTURE
    return None if had["post"].get("link") == wanted["post"].get("link") else _LINK


def delete(http: httpx.Client, account: Account, sent: Sent, request: Request) -> Removal:
    """Delete it; what Facebook does not have any more is deleted too."""
    if lacking := unfit(account):
        return lacking
    if sent.id == request.key:
        return NAMELESS
    return masked(deleted(http, account, node(account, sent.id), NAME, "pages_manage_posts"), account)
