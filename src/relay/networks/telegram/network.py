"""Telegram: a bot writes into a channel or a group (https://core.telegram.org/bots/api).

A bot has no key that would make a repeat harmless, and cannot read what it wrote: a doubt stays one until an editor
has looked. Its token is part of every address.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.language.text import spans
from relay.core.outcome import AuthLost, CannotTell, Finding, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Abilities
from relay.networks.network import Settings
from relay.networks.showing import attached
from relay.networks.wire.answers import Answer, address, ask, content, fields, of_publishing, wait_told, web_address
from relay.networks.wire.attached import form, frozen, thawed
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
        attached(account, draft, draft.link, form="message", takes_picture=_is_caption(draft)),
        has_alt=False,  # a photo's only words are its caption
        has_marks=True,
    ),
)

LONGEST, CAPTION = 4096, 1024
_SIDES, _RATIO = 10_000, 20
"""A photo's width and height together (pixels), and how much longer than the other one of them may be."""
_TOKEN = re.compile(r"\d{1,20}:[\w-]{1,100}", re.ASCII)
_SHUT_OUT = re.compile(
    r"chat not found|CHAT_WRITE_FORBIDDEN|administrator rights|not enough rights|not a member|upgraded to a supergroup"
)
_PUBLIC = "https://api.telegram.org"


def limits(account: Account) -> Limits:
    """4096 code points, as was measured; it is the places of links that Telegram counts in UTF-16."""
    return Limits(text=(("code points", LONGEST),))


def directory_name(account: Account) -> str:
    """Names of channels and people hold everywhere on the network."""
    return "telegram"


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
    """The call, word for word; nothing needs to be asked first."""
    if not _TOKEN.fullmatch(account.secrets["token"].value):
        return _UNFIT
    call = _message(account, draft)
    if draft.image and picture and account.options.get("attach") == "picture" and _is_caption(draft):
        call = _photo(account, draft, draft.image, picture)
    return Request(tid.mint(keys), json.dumps(call, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Call it, once."""
    token = account.secrets["token"].value
    if not _TOKEN.fullmatch(token):
        return _UNFIT
    call = json.loads(request.body)
    where = f"{address(account.options.get('server', _PUBLIC))}/bot{token}/{call['method']}"
    answer = ask(http, "POST", where, **_sent(call))
    match content(answer):
        case {"ok": True, "result": {"message_id": int(number), "chat": dict(chat)}}:
            return Sent(str(number), _page(chat, number))
        case _:
            return masked(_outcome(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Nobody can tell but a person."""
    return CannotTell("A Telegram bot cannot read back what it wrote: look into the channel whether the post is there.")


_UNFIT = AuthLost("The token is not one that @BotFather gives (numbers, a colon, letters): copy it again.")


def _message(account: Account, draft: Draft) -> dict[str, Any]:
    words = {"chat_id": account.options["chat"], "text": draft.text, "entities": _entities(draft.text)}
    preview = {"link_preview_options": {"url": draft.link}} if draft.link else {}
    return {"method": "sendMessage", "fields": words | preview}


def _photo(account: Account, draft: Draft, image: Image, picture: bytes) -> dict[str, Any]:
    words = {"chat_id": account.options["chat"], "caption": draft.text, "caption_entities": _entities(draft.text)}
    return {"method": "sendPhoto", "fields": words, "photo": frozen(image, picture)}


def _is_caption(draft: Draft) -> bool:
    """Whether picture and text are such that one message takes both. Nobody measured what captions count in."""
    width, height = (draft.image.width, draft.image.height) if draft.image else (0, 0)
    is_photo = width + height <= _SIDES and max(width, height) <= _RATIO * min(width, height)
    return is_photo and _utf16(draft.text) <= CAPTION


def _entities(text: str) -> list[dict[str, Any]]:
    """Where links stand, in UTF-16 code units. Telegram finds handles and hashtags itself, and other links too."""
    links = (span for span in spans(text) if span.kind == "link")
    return [
        {"type": "text_link", "offset": _utf16(text[: link.start]), "length": _utf16(link.text), "url": link.text}
        for link in links
    ]


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _sent(call: dict[str, Any]) -> dict[str, Any]:
    """What httpx sends: JSON, or a form whose fields are JSON where they are not text."""
    if "photo" not in call:
        return {"json": call["fields"]}
    data = {key: value if isinstance(value, str) else json.dumps(value) for key, value in call["fields"].items()}
    return {"data": data, "files": form("photo", thawed(call["photo"]))}


def _outcome(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """In Telegram's words. What shuts the bot out of the chat would do so for every post: that needs a person."""
    outcome, said = of_publishing(answer), fields(answer)
    words = said.get("description")
    if not isinstance(words, str):
        return outcome
    asked = said.get("parameters")
    parameters = asked if isinstance(asked, dict) else {}
    why = f"Telegram answered {said.get('error_code')}: {words[:300]}{_moved(parameters)}"
    match outcome:
        case Refused() if said.get("error_code") in (403, 404) or _SHUT_OUT.search(words):
            return AuthLost(why)
        case Retry(wait=wait):
            return Retry(why, wait_told(parameters.get("retry_after")) or wait)
        case _:
            return replace(outcome, why=why)


def _moved(parameters: dict[str, Any]) -> str:
    """Where a group has gone that became a supergroup: the number that ``chat`` must have from now on."""
    number = parameters.get("migrate_to_chat_id")
    return f" (its number is {number} now: set `chat`)" if isinstance(number, int) else ""


def _page(chat: dict[str, Any], number: int) -> str | None:
    """The message's address, which those who may see a private channel can open too."""
    name, identity = chat.get("username"), str(chat.get("id"))
    if name:
        return web_address(f"https://t.me/{name}/{number}")
    return web_address(f"https://t.me/c/{identity[4:]}/{number}") if identity.startswith("-100") else None
