"""LinkedIn: a Page or a member posts (version of the API: ``linkedin_answers.VERSION``).

There are no keys, but for a day or two LinkedIn knows a text that it has had, refuses it and names the post. What a
Page has posted can be read back; what a member has, no app may read.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities
from relay.networks.linkedin.answers import call, duplicate, of_api
from relay.networks.linkedin.media import upload
from relay.networks.linkedin.text import escaped, plain
from relay.networks.network import Settings
from relay.networks.showing import with_own_link
from relay.networks.wire.answers import Answer, content
from relay.networks.wire.masking import masked
from relay.networks.wire.tokens import UNFIT, is_token
from relay.networks.writing import tid

SETTINGS = Settings(
    required={"page": "who posts: urn:li:organization:123 for a Page, urn:li:person:AbC for a member"},
    optional={
        "attach": "card (the default): title, lead and picture of the link; picture: the post's own, and no card",
        "version": "the version of LinkedIn's API (YYYYMM), where relay's own is no longer taken",
        "server": "where the API is; https://api.linkedin.com when left out",
    },
    secret={"token": "an access token with w_organization_social and r_organization_social, or w_member_social"},
    shows=with_own_link,
    mentions=False,
)

LONGEST = 2850
"""3000 less a margin: nobody says in what LinkedIn counts, nor whether escapes do."""
TITLE, DESCRIPTION, LONGEST_ALT = 400, 4086, 4086
PAGE, PAGES = 50, 4
"""How many posts are read back at once, and how often."""
_MOST_MILLISECONDS = 10**14
"""Since 1970: some three thousand years."""
_AUTHOR = re.compile(r"urn:li:(?:organization:\d{1,20}|person:[\w-]{1,60})", re.ASCII)


def limits(account: Account) -> Limits:
    """Counted in UTF-16, the longest of what may be meant."""
    return Limits(text=(("utf-16", LONGEST),))


def directory_name(account: Account) -> str:
    """A mention would need the body's number at LinkedIn; the directory has names."""
    return "linkedin"


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
    """The post, word for word; its picture goes ahead."""
    if unfit := _unfit(account):
        return unfit
    urn: str | Retry | Refused | AuthLost | None = None
    if draft.image and picture and (draft.link or _is_picture(account)):
        urn = upload(http, account, picture)
    if isinstance(urn, Retry | Refused | AuthLost):
        return masked(urn, account)
    post = {
        "author": account.options["page"],
        "commentary": escaped(draft.text),
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    body = post | _content(account, draft, urn)
    return Request(tid.mint(keys), json.dumps(body, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it, once. What LinkedIn names as the same post is the same post, if it is still there."""
    if unfit := _unfit(account):
        return unfit
    answer = call(http, account, "POST", "/rest/posts", json=json.loads(request.body))
    urn = answer.headers.get("x-restli-id", "") if isinstance(answer, httpx.Response) and answer.is_success else ""
    if urn.startswith("urn:li:"):
        return Sent(urn, _page(urn))
    known = duplicate(answer)
    return masked(_repeated(http, account, known) if known else of_api(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read what the Page has posted since."""
    if unfit := _unfit(account):
        return CannotTell(unfit.why)
    if ":person:" in account.options["page"]:
        return CannotTell(
            "LinkedIn lets no app read a member's posts: look at the profile whether the post is there. "
            "For a day or two, LinkedIn itself refuses the same text a second time."
        )
    return masked(_looked_for(http, account, json.loads(request.body)["commentary"], since), account)


def _unfit(account: Account) -> AuthLost | None:
    if not _AUTHOR.fullmatch(account.options["page"]):
        return AuthLost("LinkedIn knows who posts by urn:li:organization:123 or urn:li:person:AbC: set `page`.")
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
    return Sent(urn, _page(urn))


def _looked_for(http: httpx.Client, account: Account, commentary: str, since: datetime) -> Finding:
    params = {"q": "author", "author": account.options["page"], "count": str(PAGE), "sortBy": "CREATED"}
    for number in range(PAGES):
        params["start"] = str(number * PAGE)
        answer = call(http, account, "GET", "/rest/posts", params=params, headers={"X-RestLi-Method": "FINDER"})
        posts = _posts(answer)
        if isinstance(posts, CannotTell):
            return posts
        recent = [(urn, words) for urn, words, created in posts if created >= since]
        for urn, words in recent:
            if plain(words).split() == plain(commentary).split():
                return Sent(urn, _page(urn))
        if len(posts) < PAGE or len(recent) < len(posts):
            return NotThere()
    return CannotTell(f"The Page has posted more than {PAGE * PAGES} times since: too many to read back.")


def _posts(answer: Answer) -> list[tuple[str, str, datetime]] | CannotTell:
    """Identifier, words and time of each post of a page of them."""
    read = content(answer)
    listed = read.get("elements") if isinstance(read, dict) else None
    if not isinstance(listed, list):
        return CannotTell(of_api(answer).why)
    found = []
    for post in listed:
        match post:
            case {"id": str(urn), "createdAt": int(milliseconds)} if 0 <= milliseconds < _MOST_MILLISECONDS:
                words, created = post.get("commentary", ""), datetime(1970, 1, 1, tzinfo=UTC)
                found.append((urn, str(words), created + timedelta(milliseconds=milliseconds)))
            case _:
                return CannotTell("The server's answer is not one of LinkedIn's.")
    return found


def _page(urn: str) -> str:
    return f"https://www.linkedin.com/feed/update/{urn}"
