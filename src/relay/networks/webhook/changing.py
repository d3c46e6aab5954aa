"""What has become of a post, told by further events: ``post.updated`` with all of it, ``post.deleted`` with its id.

Each has an id made of the event before it: a repeat is the same event, and a return to earlier words another.
"""

import json
from hashlib import sha256

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import Gone, Outcome, Removal, Sent
from relay.networks.webhook.event import UNFIT, key_of, of_any, posted
from relay.networks.wire.masking import masked
from relay.networks.wire.standard import is_taken, told_now


def edit(http: httpx.Client, account: Account, sent: Sent, before: Request, after: Request) -> Outcome:
    """Tell what the post is now. The event's id is its name from then on; the post's stays in the event."""
    key = key_of(account)
    if key is None:
        return UNFIT
    name = f"{before.key}_{_digest(sent.id, after.body)}"
    payload = json.loads(after.body)
    payload |= {"type": "post.updated", "timestamp": told_now(), "data": {"id": before.key, **payload["data"]}}
    answer = posted(http, account, key, Request(name, json.dumps(payload, ensure_ascii=False, sort_keys=True)))
    return Sent(name) if is_taken(answer) else masked(of_any(answer), account)


def delete(http: httpx.Client, account: Account, sent: Sent, request: Request) -> Removal:
    """Tell that it is to be shown no more: what the receiver does then is its own affair."""
    key = key_of(account)
    if key is None:
        return UNFIT
    payload = {"type": "post.deleted", "timestamp": told_now(), "data": {"id": request.key}}
    event = Request(f"{request.key}_{_digest(sent.id, 'deleted')}", json.dumps(payload, sort_keys=True))
    answer = posted(http, account, key, event)
    return Gone() if is_taken(answer) else masked(of_any(answer), account)


def _digest(*parts: str) -> str:
    return sha256(" ".join(parts).encode()).hexdigest()[:16]
