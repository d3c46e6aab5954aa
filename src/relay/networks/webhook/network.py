"""A webhook of anybody's: the post as JSON, signed as Standard Webhooks says (https://www.standardwebhooks.com).

The standard makes the id the receiver's key: what comes under an id that it has had is no new post. So here, and
nowhere else, an answer that is lost or broken is a reason to send the same again.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Finding, NotThere, Outcome, Refused, Sent
from relay.networks.abilities import Abilities
from relay.networks.network import Settings
from relay.networks.showing import as_data
from relay.networks.webhook.changing import delete, edit
from relay.networks.webhook.event import UNFIT, key_of, of_any, posted
from relay.networks.wire.masking import masked
from relay.networks.wire.standard import is_taken

SETTINGS = Settings(
    required={"endpoint": "the receiver's address, such as https://intranet.example/news"},
    secret={"secret": 'what the receiver checks signatures with: "whsec_" and 24 to 64 bytes in base64'},
    shows=as_data,
    mentions=False,
)

LONGEST = 16_000
"""Bytes: the standard wants a whole payload below 20 kB."""


def limits(account: Account) -> Limits:
    """What leaves room in a payload for the title, the card and the picture."""
    return Limits(text=(("bytes", LONGEST),))


def directory_name(account: Account) -> str:
    """Who reads is not known, and so no handle is; a body stands under its name."""
    return "webhook"


def abilities(account: Account) -> Abilities:
    """What was posted cannot be called back, but further events say what it is now."""
    return Abilities(edit=edit, delete=delete)


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Refused | AuthLost:
    """The payload, word for word: a type, a time, and the post. Its picture is told by its address."""
    if key_of(account) is None:
        return UNFIT
    post: dict[str, Any] = {
        "text": draft.text,
        "language": draft.language,
        "link": draft.link,
        "title": draft.title,
        "description": draft.description,
        "image": _image(draft.image) if draft.image else None,
    }
    approved = keys.created_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    payload = {"type": "post.published", "timestamp": approved, "data": post}
    body = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    return Request(f"msg_{keys.created_at:%Y%m%dT%H%M%S}{keys.nonce:016x}", body)


def _image(image: Image) -> dict[str, Any]:
    """What readers need; why an editor found no description needed is not theirs."""
    return {name: value for name, value in asdict(image).items() if name != "waived"}


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it under its id, with the signature of this moment: receivers refuse one that is older than minutes."""
    key = key_of(account)
    if key is None:
        return UNFIT
    answer = posted(http, account, key, request)
    return Sent(request.key) if is_taken(answer) else masked(of_any(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Nothing needs to be looked for: sent again under the same id, it is at most once at the receiver's."""
    return NotThere()
