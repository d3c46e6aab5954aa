"""A post of LinkedIn that is already public: its words changed, or all of it deleted."""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from typing import Any
from urllib.parse import quote

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.networks.linkedin.answers import call, of_api
from relay.networks.wire.answers import Answer, allowance
from relay.networks.wire.changed import NAMELESS, of_one
from relay.networks.wire.masking import masked
from relay.networks.wire.tokens import UNFIT, is_token

PICTURE = "picture"
"""What a frozen request says to relay alone."""
_CARD = Refused(
    "LinkedIn changes the words of a post alone, not what stands beneath them: delete it, and send it anew."
)


def edit(http: httpx.Client, account: Account, sent: Sent, before: Request, after: Request) -> Outcome:
    """Put the new words in the place of the old ones; the card or picture beneath them stays as it is."""
    if not is_token(account.secrets["token"]):
        return UNFIT
    if not sent.id.startswith("urn:li:"):
        return NAMELESS
    old, new = json.loads(before.body), json.loads(after.body)
    if old["commentary"] == new["commentary"]:
        return sent if _beneath(old) == _beneath(new) else _CARD
    patch = {"patch": {"$set": {"commentary": new["commentary"]}}}
    answer = _asked(http, account, "POST", sent, "PARTIAL_UPDATE", patch)
    if _is_done(answer):
        return Sent(sent.id, sent.url, allowance(answer))
    if _is_missing(answer):
        return Refused("LinkedIn no longer has this post: there is nothing to edit.")
    return masked(_of_changing(answer), account)


def delete(http: httpx.Client, account: Account, sent: Sent, request: Request) -> Removal:
    """Delete it; what LinkedIn does not have any more is deleted too."""
    if not is_token(account.secrets["token"]):
        return UNFIT
    if not sent.id.startswith("urn:li:"):
        return NAMELESS
    answer = _asked(http, account, "DELETE", sent, "DELETE")
    return Gone() if _is_done(answer) or _is_missing(answer) else masked(_of_changing(answer), account)


def _asked(
    http: httpx.Client, account: Account, method: str, sent: Sent, what: str, body: dict[str, Any] | None = None
) -> Answer:
    where = f"/rest/posts/{quote(sent.id, safe='')}"
    return call(http, account, method, where, headers={"X-RestLi-Method": what}, json=body)


def _of_changing(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """403 is said of a right that this call needs, or of a post that is another's."""
    is_forbidden = isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.FORBIDDEN
    return of_one(of_api(answer), is_of_secret=not is_forbidden)


def _is_done(answer: Answer) -> bool:
    """LinkedIn answers 204, without a word."""
    return isinstance(answer, httpx.Response) and answer.status_code == 204


def _is_missing(answer: Answer) -> bool:
    return isinstance(answer, httpx.Response) and answer.status_code == 404


def _beneath(post: dict[str, Any]) -> list[Any]:
    """Card or picture, and by its note which: each upload of the same picture has a number of its own."""
    content = post.get("content", {})
    article, media = dict(content.get("article", {})), content.get("media", {})
    article.pop("thumbnail", None)
    return [article, media.get("altText"), post.get(PICTURE, {}).get("sha256")]
