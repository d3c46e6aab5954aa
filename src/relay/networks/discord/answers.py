"""Asking as a webhook, and what Discord's answers mean (https://docs.discord.com/developers/topics/opcodes-and-status-codes)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.wire.answers import Answer, fields, of_publishing
from relay.networks.wire.masking import is_private
from relay.networks.wire.waits import wait_told

UNFIT = AuthLost("The webhook's address is not one of Discord's (https://discord.com/api/webhooks/…): copy it again.")

_HOOK = re.compile(r"https?://[\w.:\[\]-]+/api(?:/v\d+)?/webhooks/\d+/[\w.-]+", re.ASCII)
_UNKNOWN_MESSAGE, _UNKNOWN_WEBHOOK = 10008, 10015


def hook(account: Account) -> str | None:
    """The webhook's address without what people copy with it; ``None`` for what is none."""
    found = _HOOK.match(account.secrets["webhook"].value.strip())
    return found.group() if found and is_private(found.group()) else None


def who_asks(http: httpx.Client) -> dict[str, str]:
    """The form that Discord wants, "DiscordBot (address, version)", with the address that the client gives."""
    reach = re.search(r"https?://[^\s)]+", http.headers.get("user-agent", ""))
    return {"User-Agent": f"DiscordBot ({reach.group() if reach else 'relay'}, {version('relay')})"}


def in_thread(account: Account) -> dict[str, str]:
    """The parameter that names the thread, where posts go into one."""
    return {"thread_id": account.options["thread"]} if "thread" in account.options else {}


def is_unknown(answer: Answer) -> bool:
    """Whether it is the message alone that is not there (error 10008)."""
    return fields(answer).get("code") == _UNKNOWN_MESSAGE


def is_hook_lost(answer: Answer) -> bool:
    """Whether the webhook is gone (error 10015), or not known by this address (401)."""
    is_unknown_here = isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.UNAUTHORIZED
    return is_unknown_here or fields(answer).get("code") == _UNKNOWN_WEBHOOK


def of_api(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
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
