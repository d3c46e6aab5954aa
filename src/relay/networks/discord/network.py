"""Discord: a webhook writes into one channel (https://docs.discord.com/developers/resources/webhook).

Its address is its only secret. It has no key that would make a repeat harmless and cannot list its channel: a doubt
stays one until an editor has looked. Nothing that it writes calls anybody.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Abilities
from relay.networks.discord.markdown import escaped
from relay.networks.network import Settings
from relay.networks.showing import as_message
from relay.networks.wire.answers import Answer, ask, content, fields, of_publishing, wait_told, web_address
from relay.networks.wire.attached import form, frozen, thawed
from relay.networks.wire.masking import is_private, masked
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
_HOOK = re.compile(r"https?://[\w.:\[\]-]+/api(?:/v\d+)?/webhooks/\d+/[\w.-]+", re.ASCII)
_SUPPRESS_EMBEDS = 1 << 2
_UNFIT = AuthLost("The webhook's address is not one of Discord's (https://discord.com/api/webhooks/…): copy it again.")


def limits(account: Account) -> Limits:
    """2000 code points."""
    return Limits(text=(("code points", LONGEST),))


def directory_name(account: Account) -> str:
    """A webhook mentions nobody: Discord does that by numbers, and the directory has names."""
    return "discord"


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
    """Ask the webhook which server it belongs to, and write the whole message down."""
    hook = _hook(account)
    if hook is None:
        return _UNFIT
    answer = ask(http, "GET", hook, headers=_who_asks(http))
    known = content(answer)
    if not isinstance(known, dict) or "channel_id" not in known:
        outcome = masked(_outcome(answer), account)
        return Retry(outcome.why) if isinstance(outcome, Unsure) else outcome
    call: dict[str, Any] = {"server": known.get("guild_id"), "message": _message(account, draft)}
    if draft.image and picture and account.options.get("attach") == "picture":
        call["message"] |= _shown(draft.image)
        call["file"] = frozen(draft.image, picture)
    return Request(tid.mint(keys), json.dumps(call, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it, and wait until Discord says under which number it stands."""
    hook = _hook(account)
    if hook is None:
        return _UNFIT
    call = json.loads(request.body)
    thread = {"thread_id": account.options["thread"]} if "thread" in account.options else {}
    answer = ask(http, "POST", hook, params={"wait": "true", **thread}, headers=_who_asks(http), **_sent(call))
    match content(answer):
        case {"id": str(number), "channel_id": str(channel)}:
            return Sent(
                number, web_address(f"https://discord.com/channels/{call['server'] or '@me'}/{channel}/{number}")
            )
        case _:
            return masked(_outcome(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Only what has a known number can be read, and the number was in the answer that is missing."""
    return CannotTell("A Discord webhook cannot list its channel: look there whether the post has come.")


def _hook(account: Account) -> str | None:
    """The webhook's address without what people copy with it; ``None`` for what is none."""
    found = _HOOK.match(account.secrets["webhook"].value.strip())
    return found.group() if found and is_private(found.group()) else None


def _who_asks(http: httpx.Client) -> dict[str, str]:
    """The form that Discord wants, "DiscordBot (address, version)", with the address that the client gives."""
    reach = re.search(r"https?://[^\s)]+", http.headers.get("user-agent", ""))
    return {"User-Agent": f"DiscordBot ({reach.group() if reach else 'relay'}, {version('relay')})"}


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


def _outcome(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """In Discord's words. A webhook or thread that is gone must never be asked again (error 10015)."""
    outcome, said = of_publishing(answer), fields(answer)
    if isinstance(outcome, Retry):
        return replace(outcome, wait=wait_told(said.get("retry_after")) or outcome.wait)
    details = "; ".join(_details(said.get("errors"), ""))
    told = replace(outcome, why=f"{outcome.why} {details[:300]}".strip())
    is_gone = isinstance(answer, httpx.Response) and answer.status_code == 404
    return AuthLost(told.why) if is_gone else told


def _details(errors: Any, where: str) -> Iterator[str]:
    """What was wrong in which field, out of Discord's tree of errors."""
    match errors:
        case {"_errors": list(found)}:
            yield from (
                f"{where}: {error['message']}" for error in found if isinstance(error, dict) and "message" in error
            )
        case dict():
            for key, below in errors.items():
                yield from _details(below, f"{where}.{key}".lstrip("."))
