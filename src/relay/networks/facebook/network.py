"""Facebook Pages, by the Graph API. It has no keys: the Page's own posts are read back."""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Abilities
from relay.networks.facebook.changing import delete, edit
from relay.networks.facebook.connecting import way
from relay.networks.facebook.page import NAME, address_of, edge, unfit
from relay.networks.facebook.photo import uploaded
from relay.networks.network import Settings
from relay.networks.showing import with_own_link
from relay.networks.wire.answers import content, unread
from relay.networks.wire.attached import noted
from relay.networks.wire.graph import DUPLICATE, call, code_of, of_api
from relay.networks.wire.masking import masked
from relay.networks.wire.waits import moment
from relay.networks.writing import tid

SETTINGS = Settings(
    required={"page": "the Page's number"},
    optional={
        "attach": "card (the default): Facebook draws one of the link; picture: the post's own, and no card",
        "version": "the version of the Graph API, where relay's own is no longer taken",
        "server": "where the API is; https://graph.facebook.com when left out",
        "client_id": "the app's ID, with which a browser connects the account",
    },
    secret={"token": "the Page's access token, with pages_manage_posts and pages_read_engagement"},
    optional_secret={"client_secret": "the app's secret, beside client_id"},
    shows=with_own_link,
    mentions=False,
)

LONGEST = 63_206
PAGE, PAGES = 100, 4
"""How many posts are read back at once, and how often."""
MEMORY, AGAIN = timedelta(days=366), timedelta(minutes=5)
"""How old the last post may be; and how soon what is refused as its double, and is not listed, is tried again."""
SKEW = timedelta(minutes=2)
"""How far Facebook's clock may be from ours."""


def limits(account: Account) -> Limits:
    """63,206, in UTF-16: nobody says in what Facebook counts, and this is the longest of what may be meant."""
    return Limits(text=(("utf-16", LONGEST),))


def directory_name(account: Account) -> str:
    """A mention would need a right that Meta gives to few; the directory has names."""
    return "facebook"


def abilities(account: Account) -> Abilities:
    """The words can be changed; what answers a post is a comment there. How much is left is told in percent alone."""
    return Abilities(edit=edit, delete=delete, connect=way(account))


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The post, word for word; a picture goes ahead, and nobody sees it there."""
    if lacking := unfit(account):
        return lacking
    post, note = {"message": draft.text}, {}
    if draft.image and picture and account.options.get("attach") == "picture":
        photo = uploaded(http, account, draft.image, picture)
        if not isinstance(photo, str):
            return masked(photo, account)
        post["attached_media"] = json.dumps([{"media_fbid": photo}])
        note = {"picture": noted(draft.image, picture)}
    elif draft.link:
        post["link"] = draft.link
    body = note | {"post": post, "approved": keys.created_at.astimezone(UTC).isoformat()}
    return Request(tid.mint(keys), json.dumps(body, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it, once."""
    if lacking := unfit(account):
        return lacking
    answer = call(http, account, "POST", edge(account, "feed"), data=json.loads(request.body)["post"])
    match content(answer):
        case {"id": str(name)}:
            return Sent(name, address_of(name))
    told = _known(http, account, request) if code_of(answer) == DUPLICATE else of_api(answer, NAME)
    return masked(told, account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read what the Page has posted since, word for word."""
    if lacking := unfit(account):
        return CannotTell(lacking.why)
    return masked(_looked_for(http, account, json.loads(request.body)["post"]["message"], since), account)


def _known(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """The same words as in the last post: that is this one, if it has come since the approval.

    A post that is not listed may be this one, which the list has not got yet: Facebook refuses it for as long.
    """
    body = json.loads(request.body)
    message, approved = body["post"]["message"], datetime.fromisoformat(body["approved"]) - SKEW
    for since in (approved - MEMORY, approved):
        found = _looked_for(http, account, message, since)
        if isinstance(found, CannotTell):
            return Unsure(f"Facebook takes it for a duplicate of the last post. {found.why}")
        if isinstance(found, NotThere) and since < approved:
            return Unsure("Facebook has these very words, and does not list them: they are looked for.", AGAIN)
    if isinstance(found, Sent):
        return found
    return Refused("The Page's last post, from before this was approved, has these very words: change them.")


def _looked_for(http: httpx.Client, account: Account, message: str, since: datetime) -> Finding:
    params = {"fields": "id,message,created_time", "since": str(int(since.timestamp())), "limit": str(PAGE)}
    for _ in range(PAGES):
        read = content(answer := call(http, account, "GET", edge(account, "posts"), params=params))
        if not isinstance(read, dict) or not isinstance(read.get("data"), list):
            return unread(of_api(answer, NAME))
        if name := next(filter(None, (_same(post, message, since) for post in read["data"])), None):
            return Sent(name, address_of(name))
        match read:
            case {"paging": {"next": str(), "cursors": {"after": str(after)}}}:
                params["after"] = after
            case _:
                return NotThere()
    return CannotTell(f"The Page has posted more than {PAGE * PAGES} times since: too many to read back.")


def _same(post: Any, message: str, since: datetime) -> str | None:
    """The number of a post with these words, that has come since."""
    match post:
        case {"id": str(name), "message": str(words), "created_time": str(told)} if words.split() == message.split():
            created = moment(told)
            return name if created and created >= since.replace(microsecond=0) else None
        case _:
            return None
