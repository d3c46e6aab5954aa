"""A post of Bluesky as its lexicon has it (``app.bsky.feed.post``): every word of it is ours."""

from datetime import UTC
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.crosspost import Draft, Image, Keys
from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.bluesky.atproto import of_writing, resolve, signed
from relay.networks.bluesky.facets import ascii_uri, facets, handles
from relay.networks.bluesky.repository import POSTS
from relay.networks.bluesky.syntax import is_did, is_language
from relay.networks.wire.answers import NoAnswer, content, harmless

LABELS = ("graphic-media", "nudity", "sexual", "porn")
"""What an account may say of itself (https://docs.bsky.app/docs/advanced-guides/moderation)."""


def mentioned(http: httpx.Client, service: str, text: str) -> dict[str, str] | Retry:
    """Who is behind the handles in ``text``: those that the server does not know are left out."""
    dids = {}
    for name in handles(text):
        answer = resolve(http, service, name)
        if isinstance(answer, NoAnswer):  # the post itself could not be sent there either
            return Retry(answer.why)
        match content(answer):
            case {"did": str(did)} if is_did(did):
                dids[name] = did
    return dids


def record(draft: Draft, keys: Keys, dids: dict[str, str]) -> dict[str, Any]:
    """The words, their language, their moment, and what is to be followed in them."""
    created = keys.created_at.astimezone(UTC).isoformat(timespec="milliseconds")
    found: dict[str, Any] = {
        "$type": POSTS,
        "text": draft.text,
        "createdAt": created.replace("+00:00", "Z"),
        "facets": facets(draft.text, dids),
    }
    return found | ({"langs": [draft.language]} if is_language(draft.language) else {})


def labels(account: Account) -> dict[str, Any] | AuthLost:
    """What readers are warned of in every post of the account (``com.atproto.label.defs#selfLabels``)."""
    wanted = account.options.get("label")
    if wanted is None:
        return {}
    if wanted not in LABELS:
        return AuthLost(f"Bluesky has no label “{wanted}”: set `label` to one of {', '.join(LABELS)}, or leave it out.")
    return {"labels": {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": wanted}]}}


def uploaded(
    http: httpx.Client, account: Account, image: Image | None, picture: bytes | None
) -> Any | Retry | Refused | AuthLost:
    """The reference of the picture's blob, which stays the same for the same bytes; ``None`` without a picture."""
    if not image or not picture:
        return None
    answer = signed(http, account, "com.atproto.repo.uploadBlob", picture, image.type)
    if isinstance(answer, Retry | AuthLost):
        return answer
    match content(answer):
        case {"blob": dict() as blob}:
            return blob
        case _:
            return harmless(of_writing(answer))


def embed(account: Account, draft: Draft, blob: Any) -> dict[str, Any]:
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
