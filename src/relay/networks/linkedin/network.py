"""LinkedIn: a Page or a member posts (version of the API: ``answers.VERSION``).

There are no keys, but for a day or two LinkedIn knows a text that it has had, refuses it and names the post. What a
Page has posted can be read back; what a member has, no app may read.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities, Budget
from relay.networks.linkedin.answers import call, duplicate, of_api, place
from relay.networks.linkedin.changing import PICTURE, delete, edit
from relay.networks.linkedin.connecting import way
from relay.networks.linkedin.media import upload
from relay.networks.linkedin.mentions import commentary
from relay.networks.linkedin.reading import looked_for
from relay.networks.network import Settings
from relay.networks.showing import with_own_link
from relay.networks.wire.answers import allowance
from relay.networks.wire.attached import noted
from relay.networks.wire.masking import masked
from relay.networks.wire.tokens import UNFIT, is_token
from relay.networks.writing import tid

SETTINGS = Settings(
    required={"page": "who posts: urn:li:organization:123 for a Page, urn:li:person:AbC for a member"},
    optional={
        "attach": "card (the default): title, lead and picture of the link; picture: the post's own, and no card",
        "visibility": "public (the default), or for a member connections: only who is connected sees the posts",
        "version": "the version of LinkedIn's API (YYYYMM), where relay's own is no longer taken",
        "server": "where the API is; https://api.linkedin.com when left out",
        "client_id": "the app's client ID, with which a browser connects the account",
    },
    secret={"token": "an access token with w_organization_social and r_organization_social, or w_member_social"},
    optional_secret={"client_secret": "the app's client secret, beside client_id"},
    shows=with_own_link,
)

LONGEST = 2850
"""3000 less a margin: nobody says in what LinkedIn counts, nor whether escapes do."""
TITLE, DESCRIPTION, LONGEST_ALT = 400, 4086, 4086
VISIBILITIES = {"public": "PUBLIC", "connections": "CONNECTIONS"}
BUDGETS = (Budget(150, timedelta(days=1)),)
"""What others have seen; LinkedIn publishes no number."""
_AUTHOR = re.compile(r"urn:li:(?:organization:\d{1,20}|person:[\w-]{1,60})", re.ASCII)


def limits(account: Account) -> Limits:
    """Counted in UTF-16, the longest of what may be meant."""
    return Limits(text=(("utf-16", LONGEST),))


def directory_name(account: Account) -> str:
    """Handles ("@anct") are the last part of a Page's address, linkedin.com/company/anct."""
    return "linkedin"


def abilities(account: Account) -> Abilities:
    """The words can be changed, not what stands beneath them; what answers a post is a comment there."""
    return Abilities(edit=edit, delete=delete, budgets=BUDGETS, connect=way(account))


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The post, word for word; its picture goes ahead, and the Pages that it mentions are looked up."""
    if unfit := _unfit(account):
        return unfit
    words = commentary(http, account, draft.text, LONGEST)
    if isinstance(words, Retry):
        return masked(words, account)
    urn: str | Retry | Refused | AuthLost | None = None
    if draft.image and picture and (draft.link or _is_picture(account)):
        urn = upload(http, account, picture)
    if isinstance(urn, Retry | Refused | AuthLost):
        return masked(urn, account)
    post = {
        "author": account.options["page"],
        "commentary": words,
        "visibility": VISIBILITIES[account.options.get("visibility", "public")],
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    body = post | _content(account, draft, urn)
    if urn and draft.image and picture:
        body[PICTURE] = noted(draft.image, picture)
    return Request(tid.mint(keys), json.dumps(body, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it, once. What LinkedIn names as the same post is the same post, if it is still there."""
    if unfit := _unfit(account):
        return unfit
    post = json.loads(request.body)
    post.pop(PICTURE, None)
    answer = call(http, account, "POST", "/rest/posts", json=post)
    urn = answer.headers.get("x-restli-id", "") if isinstance(answer, httpx.Response) and answer.is_success else ""
    if urn.startswith("urn:li:"):
        return Sent(urn, place(urn), allowance(answer))
    known = duplicate(answer)
    return masked(_repeated(http, account, known) if known else of_api(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read what the Page has posted since."""
    if unfit := _unfit(account):
        return CannotTell(unfit.why)
    post = json.loads(request.body)
    if ":person:" in post["author"]:
        return CannotTell(
            "LinkedIn lets no app read a member's posts: look at the profile whether the post is there. "
            "For a day or two, LinkedIn itself refuses the same text a second time."
        )
    return masked(looked_for(http, account, post, since), account)


def _unfit(account: Account) -> AuthLost | None:
    page, wanted = account.options["page"], account.options.get("visibility", "public")
    if not _AUTHOR.fullmatch(page):
        return AuthLost("LinkedIn knows who posts by urn:li:organization:123 or urn:li:person:AbC: set `page`.")
    if wanted not in VISIBILITIES:
        return AuthLost(f"LinkedIn has no visibility “{wanted}”: set `visibility` to {' or '.join(VISIBILITIES)}.")
    if wanted == "connections" and ":person:" not in page:
        return AuthLost("LinkedIn shows a Page's posts to everybody: set `visibility` to public, or leave it out.")
    return None if is_token(account.secrets["token"]) else UNFIT


def _is_picture(account: Account) -> bool:
    return account.options.get("attach") == "picture"


def _content(account: Account, draft: Draft, urn: str | None) -> dict[str, Any]:
    """The card, whose every word is ours, for LinkedIn does not look at the page; or the picture."""
    if urn and draft.image and _is_picture(account):
        return {"content": {"media": {"id": urn, "altText": draft.image.alt[:LONGEST_ALT]}}}
    if not draft.link:
        return {}
    card = {"source": draft.link, "title": (draft.title or draft.link)[:TITLE]}
    card |= {"description": draft.description[:DESCRIPTION]} if draft.description else {}
    return {"content": {"article": card | ({"thumbnail": urn} if urn else {})}}


def _repeated(http: httpx.Client, account: Account, urn: str) -> Sent | Refused:
    """A post that was deleted keeps its text from being posted for a day or two. A member's token may not look."""
    answer = call(http, account, "GET", f"/rest/posts/{quote(urn, safe='')}")
    if isinstance(answer, httpx.Response) and answer.status_code == 404:
        gone = f"LinkedIn takes it for a duplicate of {urn}, which was deleted"
        return Refused(f"{gone}: change its words, or wait for two days.")
    return Sent(urn, place(urn))
