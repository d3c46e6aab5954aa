"""Bluesky: a post is a record put under a key of our own, so that sending it twice is sending it once.

``putRecord`` with ``swapRecord: null`` creates the record or, where the same one stands, does nothing. That
holds for ever, whatever happens in between, as long as the key and every byte of the record stay the same.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Abilities, Budget
from relay.networks.bluesky import facets
from relay.networks.bluesky.atproto import Session, handle, of_writing, service_of, session, signed, xrpc
from relay.networks.bluesky.changing import delete, edit
from relay.networks.bluesky.record import LABELS, embed, labels, mentioned, record, uploaded
from relay.networks.bluesky.repository import POSTS, PUT, replying, written
from relay.networks.network import Settings
from relay.networks.showing import with_own_link
from relay.networks.wire.answers import Answer, allowance, content, fields, of_publishing, unread, why
from relay.networks.writing import tid

SETTINGS = Settings(
    required={"handle": "the account's handle, such as blog.bsky.social"},
    optional={
        "service": "the address of the account's server (PDS); found from the handle when left out",
        "attach": "card (the default): title, lead and picture of the link; picture: the post's own, and no card",
        "label": f"what readers are warned of in all posts of the account: {', '.join(LABELS)}; nothing when left out",
    },
    secret={"password": "an app password, made under Settings, Privacy and security"},
    shows=lambda account, draft: replace(with_own_link(account, draft), link=facets.drawn),
)

BUDGETS = (Budget(2_500, timedelta(hours=1)), Budget(17_500, timedelta(days=1)))
"""5000 points an hour and 35,000 a day, and putting a record costs two."""


def limits(account: Account) -> Limits:
    """The lexicon ``app.bsky.feed.post``: 300 graphemes and 3000 bytes, links in full."""
    return Limits(text=(("graphemes", 300), ("bytes", 3000)), threads=True)


def directory_name(account: Account) -> str:
    """Handles of every server of this network are known everywhere on it."""
    return "bluesky"


def abilities(account: Account) -> Abilities:
    """A record can be put anew or deleted at any time. Its labels are the network's words, and no warning of ours."""
    return Abilities(edit=edit, delete=delete, threads=True, budgets=BUDGETS)


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """Sign in, look up who is mentioned and what is answered, upload the picture, and write the whole call down."""
    signed_in = session(http, account)
    if not isinstance(signed_in, Session):
        return signed_in
    marks = labels(account)
    if isinstance(marks, AuthLost):
        return marks
    dids = mentioned(http, signed_in.service, draft.text)
    if isinstance(dids, Retry):
        return dids
    reply = replying(http, signed_in.service, after)
    if not isinstance(reply, dict):
        return reply
    blob = uploaded(http, account, draft.image, picture)
    if isinstance(blob, Retry | Refused | AuthLost):
        return blob
    call = {
        "repo": signed_in.did,
        "collection": POSTS,
        "rkey": tid.mint(keys),
        "swapRecord": None,
        "record": record(draft, keys, dids) | embed(account, draft, blob) | marks | reply,
    }
    return Request(tid.mint(keys), written(call))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Put the record."""
    answer = signed(http, account, PUT, request.body.encode())
    return answer if isinstance(answer, Retry | AuthLost) else _outcome(http, account, request, answer)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read the key: whatever its date, the record is there or it is not."""
    service = service_of(http, account)
    if not isinstance(service, str):
        return CannotTell(service.why)
    call = json.loads(request.body)
    where = {"repo": call["repo"], "collection": call["collection"], "rkey": call["rkey"]}
    answer = xrpc(http, "GET", service, "com.atproto.repo.getRecord", params=where)
    match content(answer):
        case {"uri": str(uri), "value": {"text": str(text)}} if text == call["record"]["text"]:
            return Sent(uri, _page(account, request))
        case {"uri": str()}:
            return CannotTell(f"Another text stands at {_page(account, request)}.")
    return NotThere() if fields(answer).get("error") == "RecordNotFound" else unread(of_publishing(answer))


def _outcome(http: httpx.Client, account: Account, request: Request, answer: Answer) -> Outcome:
    match content(answer):
        case {"uri": str(uri)}:
            return Sent(uri, _page(account, request), allowance(answer))
    if fields(answer).get("error") == "InvalidSwap":  # something stands under this key already
        found = find(http, account, request, datetime.min.replace(tzinfo=UTC))
        return found if isinstance(found, Sent) else Unsure(why(answer))
    return of_writing(answer)


def _page(account: Account, request: Request) -> str:
    return f"https://bsky.app/profile/{handle(account)}/post/{request.key}"
