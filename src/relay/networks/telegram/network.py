"""Telegram: a bot writes into a channel or a group (https://core.telegram.org/bots/api).

A bot has no key that would make a repeat harmless, and cannot read what it wrote: a doubt stays one until an editor
has looked. Its token is part of every address.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities, Budget
from relay.networks.network import Settings
from relay.networks.showing import attached
from relay.networks.telegram.answers import UNFIT, call, is_token, of_api
from relay.networks.telegram.changing import delete, edit
from relay.networks.telegram.message import is_caption, message, photo, sent
from relay.networks.wire.answers import content, web_address
from relay.networks.wire.masking import masked
from relay.networks.writing import tid

SETTINGS = Settings(
    required={"chat": "the channel or group: @itsname, or its number, such as -1001234567890"},
    optional={
        "attach": "card (the default): a preview of the link; picture: the post's own, where the text fits beneath it",
        "server": "the address of a Bot API server of your own; https://api.telegram.org when left out",
    },
    secret={"token": "the token that @BotFather gave for the bot; the bot must be an administrator of the channel"},
    shows=lambda account, draft: replace(
        attached(account, draft, draft.link, form="message", takes_picture=is_caption(draft)),
        has_alt=False,  # a photo's only words are its caption
        has_marks=True,
    ),
)

LONGEST = 4096


def limits(account: Account) -> Limits:
    """4096 code points, as was measured; it is the places of links that Telegram counts in UTF-16."""
    return Limits(text=(("code points", LONGEST),), threads=True)


def directory_name(account: Account) -> str:
    """Names of channels and people hold everywhere on the network."""
    return "telegram"


def abilities(account: Account) -> Abilities:
    """All of it; 20 messages a minute is what a group takes."""
    return Abilities(edit=edit, delete=delete, threads=True, budgets=(Budget(20, timedelta(minutes=1)),))


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The call, word for word; nothing needs to be asked first."""
    if not is_token(account):
        return UNFIT
    told = message(account, draft, after)
    if draft.image and picture and account.options.get("attach") == "picture" and is_caption(draft):
        told = photo(account, draft, draft.image, picture, after)
    return Request(tid.mint(keys), json.dumps(told, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Call it, once."""
    if not is_token(account):
        return UNFIT
    told = json.loads(request.body)
    answer = call(http, account, told["method"], **sent(told))
    match content(answer):
        case {"ok": True, "result": {"message_id": int(number), "chat": dict(chat)}}:
            return Sent(str(number), _page(chat, number))
        case _:
            return masked(of_api(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Nobody can tell but a person."""
    return CannotTell("A Telegram bot cannot read back what it wrote: look into the channel whether the post is there.")


def _page(chat: dict[str, Any], number: int) -> str | None:
    """The message's address, which those who may see a private channel can open too."""
    name, identity = chat.get("username"), str(chat.get("id"))
    if name:
        return web_address(f"https://t.me/{name}/{number}")
    return web_address(f"https://t.me/c/{identity[4:]}/{number}") if identity.startswith("-100") else None
