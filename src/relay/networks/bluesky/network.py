"""Bluesky: a post is a record put under a key of our own, so that sending it twice is sending it once.

``putRecord`` with ``swapRecord: null`` creates the record or, where the same one stands, does nothing. That
holds for ever, whatever happens in between, as long as the key and every byte of the record stay the same.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import UTC, datetime
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Abilities
from relay.networks.bluesky.atproto import Session, handle, resolve, service_of, session, xrpc
from relay.networks.bluesky.facets import ascii_uri, facets, handles
from relay.networks.network import Settings
from relay.networks.showing import with_own_link
from relay.networks.wire.answers import Answer, NoAnswer, content, fields, of_preparing, of_publishing, why
from relay.networks.writing import tid

SETTINGS = Settings(
    required={"handle": "the account's handle, such as blog.bsky.social"},
    optional={
        "service": "the address of the account's server (PDS); found from the handle when left out",
        "attach": "card (the default): title, lead and picture of the link; picture: the post's own, and no card",
    },
    secret={"password": "an app password, made under Settings, Privacy and security"},
    shows=with_own_link,
)

_COLLECTION = "app.bsky.feed.post"
_STALE = {"ExpiredToken", "InvalidToken"}


def limits(account: Account) -> Limits:
    """The lexicon ``app.bsky.feed.post``: 300 graphemes and 3000 bytes, links in full."""
    return Limits(text=(("graphemes", 300), ("bytes", 3000)))


def directory_name(account: Account) -> str:
    """Handles of every server of this network are known everywhere on it."""
    return "bluesky"


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
    """Sign in, look up who is mentioned, upload the picture, and write the whole call down."""
    signed_in = session(http, account)
    if not isinstance(signed_in, Session):
        return signed_in
    dids = _mentioned(http, signed_in.service, draft.text)
    if isinstance(dids, Retry):
        return dids
    blob = _uploaded(http, signed_in, draft.image, picture)
    if isinstance(blob, Retry | Refused | AuthLost):
        return blob
    key = tid.mint(keys)
    call = {
        "repo": signed_in.did,
        "collection": _COLLECTION,
        "rkey": key,
        "swapRecord": None,
        "record": _record(draft, keys, dids) | _embed(account, draft, blob),
    }
    return Request(key, json.dumps(call, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Put the record; a session that has run out is opened anew, once."""
    signed_in = session(http, account)
    if not isinstance(signed_in, Session):
        return signed_in
    answer = _put(http, signed_in, request)
    if str(fields(answer).get("error")) in _STALE:
        signed_in = session(http, account, stale=signed_in)
        if not isinstance(signed_in, Session):
            return signed_in
        answer = _put(http, signed_in, request)
    return _outcome(http, account, request, answer)


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
    return NotThere() if fields(answer).get("error") == "RecordNotFound" else CannotTell(why(answer))


def _mentioned(http: httpx.Client, service: str, text: str) -> dict[str, str] | Retry:
    """Who is behind the handles in ``text``: those that the server does not know are left out."""
    dids = {}
    for name in handles(text):
        answer = resolve(http, service, name)
        if isinstance(answer, NoAnswer):  # the post itself could not be sent there either
            return Retry(answer.why)
        match content(answer):
            case {"did": str(did)}:
                dids[name] = did
    return dids


def _record(draft: Draft, keys: Keys, dids: dict[str, str]) -> dict[str, Any]:
    created = keys.created_at.astimezone(UTC).isoformat(timespec="milliseconds")
    record: dict[str, Any] = {
        "$type": _COLLECTION,
        "text": draft.text,
        "createdAt": created.replace("+00:00", "Z"),
        "facets": facets(draft.text, dids),
    }
    if draft.language:
        record["langs"] = [draft.language]
    return record


def _uploaded(
    http: httpx.Client, signed_in: Session, image: Image | None, picture: bytes | None
) -> Any | Retry | Refused | AuthLost:
    """The reference of the picture's blob, which stays the same for the same bytes; ``None`` without a picture."""
    if not image or not picture:
        return None
    headers = {"Authorization": f"Bearer {signed_in.token}", "Content-Type": image.type}
    name = "com.atproto.repo.uploadBlob"
    answer = xrpc(http, "POST", signed_in.service, name, headers=headers, content=picture)
    match content(answer):
        case {"blob": dict() as blob}:
            return blob
        case _:
            return of_preparing(answer)


def _embed(account: Account, draft: Draft, blob: Any) -> dict[str, Any]:
    """The card, whose every word is ours; or the picture. The lexicon takes one of them (``app.bsky.embed``)."""
    if blob and draft.image and account.options.get("attach") == "picture":
        shape = {"width": draft.image.width, "height": draft.image.height}
        shown = {"image": blob, "alt": draft.image.alt, "aspectRatio": shape}
        return {"embed": {"$type": "app.bsky.embed.images", "images": [shown]}}
    uri = ascii_uri(draft.link)
    if not uri:
        return {}
    card = {"uri": uri, "title": draft.title or draft.link, "description": draft.description}
    return {"embed": {"$type": "app.bsky.embed.external", "external": card | ({"thumb": blob} if blob else {})}}


def _put(http: httpx.Client, signed_in: Session, request: Request) -> Answer:
    headers = {"Authorization": f"Bearer {signed_in.token}", "Content-Type": "application/json"}
    name = "com.atproto.repo.putRecord"
    return xrpc(http, "POST", signed_in.service, name, headers=headers, content=request.body.encode())


def _outcome(http: httpx.Client, account: Account, request: Request, answer: Answer) -> Outcome:
    match content(answer):
        case {"uri": str(uri)}:
            return Sent(uri, _page(account, request))
    match fields(answer).get("error"):
        case "InvalidSwap":  # something stands under this key already
            found = find(http, account, request, datetime.min.replace(tzinfo=UTC))
            return found if isinstance(found, Sent) else Unsure(why(answer))
        case error if str(error) in _STALE:
            return AuthLost(why(answer))
    return of_publishing(answer)


def _page(account: Account, request: Request) -> str:
    return f"https://bsky.app/profile/{handle(account)}/post/{request.key}"
