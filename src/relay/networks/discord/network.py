"""Discord: a webhook writes into one channel (https://docs.discord.com/developers/resources/webhook).

Its address is its only secret. It has no key that would make a repeat harmless and cannot list its channel: a doubt
stays one until an editor has looked. Nothing that it writes calls anybody.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import datetime, timedelta
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities, Budget
from relay.networks.discord.answers import UNFIT, hook, in_thread, of_api, who_asks
from relay.networks.discord.changing import delete, edit
from relay.networks.discord.markdown import escaped
from relay.networks.network import Settings
from relay.networks.showing import as_message
from relay.networks.wire.answers import allowance, ask, content, harmless, web_address
from relay.networks.wire.attached import form, frozen, thawed
from relay.networks.wire.masking import masked
from relay.networks.writing import tid

SETTINGS = Settings(
    optional={
        "attach": "card (the default): Discord draws one of the link; picture: the post's own, and no card",
        "username": "the name over its posts; the webhook's own when left out",
        "thread": "the number of a thread of the channel, where posts go there",
    },
    secret={"webhook": "the webhook's address, made under Edit channel, Integrations, Webhooks"},
    shows=as_message,
    mentions=False,
)

LONGEST, LONGEST_ALT = 2000, 1024
_SUPPRESS_EMBEDS = 1 << 2
_KNOWN = (("server", "guild_id"), ("channel", "channel_id"), ("webhook", "id"))
"""What is kept of a webhook, to know what it posted again, and what Discord calls it."""


def limits(account: Account) -> Limits:
    """2000 code points."""
    return Limits(text=(("code points", LONGEST),))


def directory_name(account: Account) -> str:
    """A webhook mentions nobody: Discord does that by numbers, and the directory has names."""
    return "discord"


def abilities(account: Account) -> Abilities:
    """No threads: a webhook answers no message."""
    return Abilities(edit=edit, delete=delete, budgets=(Budget(30, timedelta(minutes=1)),))


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """Ask the webhook which server it belongs to, and write the whole message down."""
    place = hook(account)
    if place is None:
        return UNFIT
    answer = ask(http, "GET", place, headers=who_asks(http))
    known = content(answer)
    if not isinstance(known, dict) or "channel_id" not in known:
        return masked(harmless(of_api(answer)), account)
    call: dict[str, Any] = {name: known.get(told) for name, told in _KNOWN} | {"message": _message(account, draft)}
    if draft.image and picture and account.options.get("attach") == "picture":
        call["message"] |= _shown(draft.image)
        call["file"] = frozen(draft.image, picture)
    return Request(tid.mint(keys), json.dumps(call, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it, and wait until Discord says under which number it stands."""
    place = hook(account)
    if place is None:
        return UNFIT
    call = json.loads(request.body)
    params = {"wait": "true", **in_thread(account)}
    answer = ask(http, "POST", place, params=params, headers=who_asks(http), **_sent(call))
    match content(answer):
        case {"id": str(number), "channel_id": str(channel)}:
            page = f"https://discord.com/channels/{call['server'] or '@me'}/{channel}/{number}"
            return Sent(number, web_address(page), allowance(answer))
        case _:
            return masked(of_api(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Only what has a known number can be read, and the number was in the answer that is missing."""
    return CannotTell("A Discord webhook cannot list its channel: look there whether the post has come.")


def _message(account: Account, draft: Draft) -> dict[str, Any]:
    """Text that is too long only because it is escaped stands in an embed, which takes twice as much."""
    text = escaped(draft.text)
    is_swollen = len(text) > LONGEST >= len(draft.text)
    words = {"embeds": [{"description": text}]} if is_swollen else {"content": text}
    name = {"username": account.options["username"]} if "username" in account.options else {}
    return {**words, **name, "allowed_mentions": {"parse": []}}


def _shown(image: Image) -> dict[str, Any]:
    """What the message says of its picture; embeds would draw a card beside it."""
    name = f"picture.{image.type.rpartition('/')[2]}"
    told = {"id": 0, "filename": name, "description": image.alt[:LONGEST_ALT]}
    return {"attachments": [told], "flags": _SUPPRESS_EMBEDS}


def _sent(call: dict[str, Any]) -> dict[str, Any]:
    """What httpx sends: JSON, or a form of JSON and the file."""
    if "file" not in call:
        return {"json": call["message"]}
    data = {"payload_json": json.dumps(call["message"], ensure_ascii=False)}
    return {"data": data, "files": form("files[0]", thawed(call["file"]))}
