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
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.language.text import spans
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Abilities
from relay.networks.network import Settings
from relay.networks.showing import with_last_link
from relay.networks.wire.answers import content, harmless
from relay.networks.wire.attached import form, frozen, thawed
from relay.networks.wire.masking import masked
from relay.networks.writing import tid
from relay.networks.x import oauth as x_oauth
from relay.networks.x.answers import call, is_duplicate, of_api
from relay.networks.x.timeline import looked_for, page

SETTINGS = Settings(
    optional={
        "attach": "card (the default): X draws one of the link; picture: the post's own, and no card",
        "link": "keep (the default); strip: links are left out, for a post with one costs 13 times as much",
        "server": "where the API is; https://api.x.com when left out",
    },
    optional_secret={
        "consumer_key": "the app's API key, under Keys and tokens",
        "consumer_secret": "the app's API key secret",
        "access_token": "the account's access token for this app, with the right to read and write",
        "access_token_secret": "the secret that belongs to the access token",
        "token": "instead of these four: an access token of OAuth 2.0, which X lets live for two hours",
    },
    shows=lambda account, draft: replace(
        with_last_link(account, replace(draft, text=_text(account, draft))),
        bare_links=LINK,
        price=price(account, draft),
    ),
)

LONGEST, LONGEST_ALT = 280, 1000
LINK = 27
"""Characters of a link that readers see."""
KEEP, STRIP = "keep", "strip"
POST, POST_WITH_LINK, ALT_TEXT = Decimal("0.015"), Decimal("0.200"), Decimal("0.005")
"""USD."""
SKEW = timedelta(minutes=2)
"""How far X's clock may be from ours."""


def limits(account: Account) -> Limits:
    """280 by X's own weights, every link counting 23."""
    return Limits(text=(("weighted", LONGEST),))


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
    """The post, word for word; a picture goes ahead, and is kept for a day."""
    if unfit := _unfit(account):
        return unfit
    text = _text(account, draft)
    if not text or not is_sendable(text):
        return Refused("X takes no text that is empty, or has signs that are no characters (U+FFFE, U+FEFF, U+FFFF).")
    post: dict[str, Any] = {"text": text}
    if draft.image and picture and account.options.get("attach") == "picture":
        media = _uploaded(http, account, draft.image, picture)
        if not isinstance(media, str):
            return masked(media, account)
        post["media"] = {"media_ids": [media]}
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
            return Sent(name, page(name))
    told = _known(http, account, request) if is_duplicate(answer) else of_api(answer)
    return masked(told, account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read what the account has posted since, for 0.001 USD a post."""
    if unfit := _unfit(account):
        return CannotTell(unfit.why)
    return masked(looked_for(http, account, json.loads(request.body)["post"]["text"], since), account)


def _unfit(account: Account) -> AuthLost | None:
    """A word too many in ``link`` would cost money without anybody having said so."""
    wanted = account.options.get("link", KEEP)
    if wanted not in {KEEP, STRIP}:
        return AuthLost(f"X has no link “{wanted}”: set `link` to {KEEP} or {STRIP}.")
    return x_oauth.unfit(account)


def _known(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """X has had this text: from an earlier attempt, if it has come since the approval; else from somebody else."""
    body = json.loads(request.body)
    found = looked_for(http, account, body["post"]["text"], datetime.fromisoformat(body["approved"]) - SKEW)
    match found:
        case NotThere():
            return Refused("X has had this very text before it was approved here, and takes it once: change its words.")
        case CannotTell(why):
            return Unsure(f"X has had this text already. {why}")
        case _:
            return found


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


def _uploaded(http: httpx.Client, account: Account, image: Image, picture: bytes) -> str | Retry | Refused | AuthLost:
    """The picture's number at X, once its words stand with it."""
    files, about = form("media", thawed(frozen(image, picture))), {"media_category": "tweet_image"}
    answer = call(http, account, "POST", "/2/media/upload", files=files, data=about)
    match content(answer):
        case {"data": {"id": str(name)}}:
            pass
        case _:
            return harmless(of_api(answer))
    if image.alt:
        said = {"id": name, "metadata": {"alt_text": {"text": image.alt[:LONGEST_ALT]}}}
        answer = call(http, account, "POST", "/2/media/metadata", json=said)
        if content(answer) is None:
            return harmless(of_api(answer))
    return name
