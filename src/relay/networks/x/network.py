"""X (API version 2). It has no keys; but it refuses the same text twice, and then the account's own posts are read.

A post costs 0.015 USD, and 0.200 with a link (docs.x.com, 2026-04-20): ``price`` tells which, before anybody says yes.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.counting.addresses import addresses
from relay.core.counting.weighted import is_sendable
from relay.core.crosspost import Draft, Keys, Request
from relay.core.language.text import spans
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Abilities, Budget
from relay.networks.network import Settings
from relay.networks.showing import bare, with_last_link
from relay.networks.wire.answers import allowance, content
from relay.networks.wire.masking import masked
from relay.networks.writing import tid
from relay.networks.x import oauth as x_oauth
from relay.networks.x.answers import call, is_duplicate, of_api
from relay.networks.x.changing import delete, edit
from relay.networks.x.connecting import way
from relay.networks.x.media import uploaded
from relay.networks.x.timeline import SKEW, looked_for, page

SETTINGS = Settings(
    optional={
        "attach": "card (the default): X draws one of the link; picture: the post's own, and no card",
        "link": "keep (the default); strip: links are left out, for a post with one costs 13 times as much",
        "premium": "yes where the account pays for Premium: longer posts, and edits within the hour; no (the default)",
        "server": "where the API is; https://api.x.com when left out",
        "client_id": "the app's OAuth 2.0 client ID, with which a browser connects the account",
    },
    optional_secret={
        "consumer_key": "the app's API key, under Keys and tokens",
        "consumer_secret": "the app's API key secret",
        "client_secret": "the app's OAuth 2.0 client secret, where it has one",
        "access_token": "the account's access token for this app, with the right to read and write",
        "access_token_secret": "the secret that belongs to the access token",
        "token": "instead of these four: an access token of OAuth 2.0, which X lets live for two hours",
    },
    shows=lambda account, draft: replace(
        with_last_link(account, replace(draft, text=_text(account, draft))),
        link=bare(LINK),
        price=price(account, draft),
    ),
)

LONGEST, LONGEST_OF_PREMIUM = 280, 25_000
LINK = 27
"""Characters of a link that readers see."""
KEEP, STRIP = "keep", "strip"
CHOICES = {"link": (KEEP, STRIP), "premium": ("no", "yes")}
"""What these settings may be; the first is what they are when left out."""
EDITABLE = timedelta(hours=1)
MEMORY, AGAIN = timedelta(days=2), timedelta(minutes=5)
"""Longer than X keeps a text from being posted again; and how soon what it refuses and does not list is tried again."""
BUDGETS = (Budget(100, timedelta(minutes=15)),)
"""An account's; an app has 10,000 a day besides (docs.x.com)."""
POST, POST_WITH_LINK, ALT_TEXT = Decimal("0.015"), Decimal("0.200"), Decimal("0.005")
"""USD."""


def limits(account: Account) -> Limits:
    """280 by X's own weights, 25,000 for whoever pays for Premium, every link counting 23."""
    return Limits(text=(("weighted", LONGEST_OF_PREMIUM if _is_premium(account) else LONGEST),), threads=True)


def directory_name(account: Account) -> str:
    """Handles hold everywhere on the network."""
    return "x"


def price(account: Account, draft: Draft) -> Decimal:
    """What X asks for the post (USD). An address without "https://" is a link too, as X finds them."""
    text = _text(account, draft)
    has_link = any(addresses(text)) or any(span.kind == "link" for span in spans(text))
    alt = ALT_TEXT if draft.image and draft.image.alt and account.options.get("attach") == "picture" else Decimal(0)
    return alt + (POST_WITH_LINK if has_link else POST)


def abilities(account: Account) -> Abilities:
    """Whoever pays for Premium may edit, for an hour; everybody may delete."""
    able = Abilities(delete=delete, threads=True, budgets=BUDGETS, connect=way(account))
    return replace(able, edit=edit, edit_within=EDITABLE) if _is_premium(account) else able


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The post, word for word; a picture goes ahead, and is kept for a day."""
    if unfit := _unfit(account):
        return unfit
    text = _text(account, draft)
    if not text or not is_sendable(text):
        return Refused("X takes no text that is empty, or has signs that are no characters (U+FFFE, U+FEFF, U+FFFF).")
    post: dict[str, Any] = {"text": text}
    if draft.image and picture and account.options.get("attach") == "picture":
        media = uploaded(http, account, draft.image, picture)
        if not isinstance(media, str):
            return masked(media, account)
        post["media"] = {"media_ids": [media]}
    if after:
        post["reply"] = {"in_reply_to_tweet_id": after[-1].id}
    approved = keys.created_at.astimezone(UTC).isoformat()
    body = {"post": post, "approved": approved}
    return Request(tid.mint(keys), json.dumps(body, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it, once."""
    if unfit := _unfit(account):
        return unfit
    answer = call(http, account, "POST", "/2/tweets", json=json.loads(request.body)["post"])
    match content(answer):
        case {"data": {"id": str(name)}} if name.isdecimal():
            return Sent(name, page(name), allowance(answer))
    told = _known(http, account, request) if is_duplicate(answer) else of_api(answer)
    return masked(told, account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read what the account has posted since, for 0.001 USD a post."""
    if unfit := _unfit(account):
        return CannotTell(unfit.why)
    return masked(_looked_for(http, account, json.loads(request.body)["post"], since), account)


def _unfit(account: Account) -> AuthLost | None:
    """A slip of the pen in ``link`` would cost money without anybody having said so."""
    for name, (usual, other) in CHOICES.items():
        if (wanted := account.options.get(name, usual)) not in {usual, other}:
            return AuthLost(f"X has no {name} “{wanted}”: set `{name}` to {usual} or {other}.")
    return x_oauth.unfit(account)


def _is_premium(account: Account) -> bool:
    return account.options.get("premium") == "yes"


def _looked_for(http: httpx.Client, account: Account, post: dict[str, Any], since: datetime) -> Finding:
    return looked_for(http, account, post["text"], since, is_reply="reply" in post)


def _known(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """X has had this text: from an earlier attempt, if it has come since the approval; else from somebody else.

    A post that is not listed may be this one, which the list has not got yet: X refuses it for as long as that may be.
    """
    body = json.loads(request.body)
    approved = datetime.fromisoformat(body["approved"]) - SKEW
    for since in (approved - MEMORY, approved):
        found = _looked_for(http, account, body["post"], since)
        if isinstance(found, CannotTell):
            return Unsure(f"X has had this text already. {found.why}")
        if isinstance(found, NotThere) and since < approved:
            return Unsure("X has had this very text, and does not list it: it is looked for, and tried again.", AGAIN)
    if isinstance(found, Sent):
        return found
    return Refused("X has had this very text before it was approved here, and takes it once: change its words.")


def _text(account: Account, draft: Draft) -> str:
    return without_links(draft.text) if account.options.get("link") == STRIP else draft.text


def without_links(text: str) -> str:
    """``text`` without its links, the lines that have nothing else, and the gaps that are left."""
    lines = [_unlinked(line) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip()


def _unlinked(line: str) -> str | None:
    links = [span for span in spans(line) if span.kind == "link"]
    for link in reversed(links):
        line = line[: link.start].rstrip(" ") + line[link.end :]
    return line.strip() or None if links else line
