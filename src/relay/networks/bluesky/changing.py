"""A post of Bluesky that is already public: another record in its place, or none."""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent
from relay.networks.bluesky.atproto import Session, of_writing, session, signed
from relay.networks.bluesky.repository import DELETE, GATES, POSTS, PUT, Standing, standing, written
from relay.networks.wire.answers import allowance, content, fields
from relay.networks.wire.changed import NOT_OURS


def edit(http: httpx.Client, account: Account, sent: Sent, before: Request, after: Request) -> Outcome:
    """Put the new record under the old key, if what was read there still stands there."""
    signed_in = session(http, account)
    if not isinstance(signed_in, Session):
        return signed_in
    was = json.loads(before.body)
    if was["repo"] != signed_in.did:
        return NOT_OURS
    call = _in_its_place(was, json.loads(after.body))
    now = standing(http, signed_in.service, call["repo"], call["rkey"])
    if now is None:
        return Refused("Bluesky no longer has this post: there is nothing to edit.")
    if not isinstance(now, Standing):
        return now
    if now.value == call["record"]:
        return sent
    return _put(http, account, sent, call | {"swapRecord": now.cid})


def delete(http: httpx.Client, account: Account, sent: Sent, request: Request) -> Removal:
    """Delete the record, and who may answer it; what is not there is deleted too (``deleteRecord``)."""
    call, signed_in = json.loads(request.body), session(http, account)
    if not isinstance(signed_in, Session):
        return signed_in
    if call["repo"] != signed_in.did:
        return NOT_OURS
    for collection in (GATES, POSTS):
        body = written({"repo": call["repo"], "collection": collection, "rkey": call["rkey"]})
        answer = signed(http, account, DELETE, body.encode())
        if isinstance(answer, Retry | AuthLost):
            return answer
        if content(answer) is None:
            return of_writing(answer)
    return Gone()


def _in_its_place(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The new words with the old key, moment and place in a thread."""
    old = before["record"]
    kept = {name: old[name] for name in ("createdAt", "reply") if name in old}
    return after | {"rkey": before["rkey"], "record": after["record"] | kept}


def _put(http: httpx.Client, account: Account, sent: Sent, call: dict[str, Any]) -> Outcome:
    answer = signed(http, account, PUT, written(call).encode())
    if isinstance(answer, Retry | AuthLost):
        return answer
    match content(answer):
        case {"uri": str(uri)}:
            return Sent(uri, sent.url, allowance(answer))
    if fields(answer).get("error") == "InvalidSwap":
        return Retry("Somebody else changed the post on Bluesky at the same moment.")
    return of_writing(answer)
