"""Threads: a post is a container first, which nobody sees, and then it is published.

The container has a name before anything is public, and says itself what became of it. So it is asked before every
attempt: what is out is out, and is never published twice.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
import re
from datetime import UTC, datetime, timedelta
from typing import assert_never

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.language.text import spans
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities, Budget
from relay.networks.network import Settings
from relay.networks.showing import attached
from relay.networks.threads.connecting import way
from relay.networks.threads.container import NAME, State, Status, asked, home, once_ready, picture_of
from relay.networks.threads.deleting import delete
from relay.networks.threads.reading import out, permalink
from relay.networks.wire.answers import content, harmless, unread
from relay.networks.wire.graph import call, of_api
from relay.networks.wire.masking import masked
from relay.networks.wire.tokens import UNFIT, is_token
from relay.networks.writing import tid

SETTINGS = Settings(
    optional={
        "attach": "card (the default): Threads draws one of the link; picture: the post's own, from its address",
        "topic": "the topic of all posts of the account; the first hashtag of each when left out",
        "server": "where the API is; https://graph.threads.net when left out",
        "client_id": "the app's Threads ID, with which a browser connects the account",
    },
    secret={"token": "a long-lived access token with threads_basic and threads_content_publish; it lives for 60 days"},
    optional_secret={"client_secret": "the app's Threads secret, beside client_id"},
    shows=lambda account, draft: attached(account, draft, draft.link, takes_picture=bool(picture_of(draft.image))),
)

LONGEST, LINKS = 500, 5
SOON = timedelta(seconds=30)
BUDGETS = (Budget(250, timedelta(days=1)),)
_TOPIC = re.compile(r"[^.&\s](?:[^.&\n]{0,48}[^.&\s])?")
"""https://developers.facebook.com/docs/threads/create-posts/topic-tags"""


def limits(account: Account) -> Limits:
    """500 signs, an emoji as many as it has bytes; links in full."""
    return Limits(text=(("emoji as bytes", LONGEST),), threads=True)


def directory_name(account: Account) -> str:
    """Handles hold everywhere on the network."""
    return "threads"


def abilities(account: Account) -> Abilities:
    """What is public can be deleted, 100 times a day; nothing changes it."""
    return Abilities(delete=delete, threads=True, budgets=BUDGETS, connect=way(account))


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The container, with its picture fetched by Threads. A repeat makes another one, which nobody will ever see."""
    if unfit := _unfit(account):
        return unfit
    post = _post(account, draft) | ({"reply_to_id": after[-1].id} if after else {})
    links = {span.text for span in spans(draft.text) if span.kind == "link"} | {post.get("link_attachment", "")}
    if len(links - {""}) > LINKS:
        return Refused(f"Threads takes {LINKS} different links in a post, and here are {len(links - {''})}.")
    answer = call(http, account, "POST", f"{home(account)}/me/threads", data=post)
    match content(answer):
        case {"id": str(container)}:
            state = once_ready(http, account, container)
        case _:
            return masked(harmless(of_api(answer, NAME)), account)
    if not isinstance(state, State):
        return masked(state, account)
    if state.status is Status.ERROR:
        return Refused(f"Threads could not take it in: {state.why}.")
    body = {"container": container, "text": draft.text, "approved": keys.created_at.astimezone(UTC).isoformat()}
    body |= {"answers": after[-1].id} if after else {}
    return Request(tid.mint(keys), json.dumps(body, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Publish the container, if it is not out already."""
    if not is_token(account.secrets["token"]):
        return UNFIT
    state = asked(http, account, json.loads(request.body)["container"])
    if not isinstance(state, State):
        return masked(state, account)
    return masked(_moved_on(http, account, request, state), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Ask the container; what it does not tell, nothing else can."""
    if not is_token(account.secrets["token"]):
        return CannotTell(UNFIT.why)
    state = asked(http, account, json.loads(request.body)["container"])
    if not isinstance(state, State):
        return unread(masked(state, account))
    match state.status:
        case Status.PUBLISHED:
            return out(http, account, request)
        case Status.IN_PROGRESS:
            return CannotTell("Threads is still at work on the post.")
        case _:
            return NotThere()


def _moved_on(http: httpx.Client, account: Account, request: Request, state: State) -> Outcome:
    """From what the container is to what it is after this attempt."""
    match state.status:
        case Status.FINISHED:
            return _published(http, account, request)
        case Status.PUBLISHED:
            return out(http, account, request)
        case Status.IN_PROGRESS:
            return Retry("Threads is still taking the post in.", SOON)
        case Status.EXPIRED:
            return Refused("Threads kept the post for a day, and it did not leave in time: approve it again.")
        case Status.ERROR:
            return Refused(f"Threads could not take the post in ({state.why}): approve it again.")
        case _:
            assert_never(state.status)


def _unfit(account: Account) -> AuthLost | None:
    topic = account.options.get("topic")
    if topic is not None and not _TOPIC.fullmatch(topic):
        return AuthLost("A topic of Threads has 1 to 50 characters, without a full stop or “&”: set `topic`.")
    return None if is_token(account.secrets["token"]) else UNFIT


def _post(account: Account, draft: Draft) -> dict[str, str]:
    """A post with a picture has no card (https://developers.facebook.com/docs/threads/posts)."""
    picture = picture_of(draft.image) if account.options.get("attach") == "picture" else {}
    words = {"text": draft.text, **({"topic_tag": account.options["topic"]} if "topic" in account.options else {})}
    if picture:
        return {"media_type": "IMAGE", **words, **picture}
    return {"media_type": "TEXT", **words, **({"link_attachment": draft.link} if draft.link else {})}


def _published(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """What Threads refuses may have become public by a call before this one, which it was still busy with."""
    container = json.loads(request.body)["container"]
    answer = call(http, account, "POST", f"{home(account)}/me/threads_publish", data={"creation_id": container})
    match content(answer):
        case {"id": str(name)}:
            about = content(call(http, account, "GET", f"{home(account)}/{name}", params={"fields": "permalink"}))
            return Sent(name, permalink(about))
    told = of_api(answer, NAME)
    is_out = isinstance(told, Refused) and asked(http, account, container) == State(Status.PUBLISHED)
    return out(http, account, request) if is_out else told
