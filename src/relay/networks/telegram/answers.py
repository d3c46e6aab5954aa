"""Asking the Bot API, and what its answers mean (https://core.telegram.org/bots/api#making-requests)."""

import re
from dataclasses import replace
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.wire.answers import Answer, address, ask, fields, of_publishing
from relay.networks.wire.waits import wait_told

PUBLIC = "https://api.telegram.org"
UNFIT = AuthLost("The token is not one that @BotFather gives (numbers, a colon, letters): copy it again.")

_TOKEN = re.compile(r"\d{1,20}:[\w-]{1,100}", re.ASCII)
_SHUT_OUT = re.compile(
    r"chat not found|CHAT_WRITE_FORBIDDEN|administrator rights|not enough rights|not a member|upgraded to a supergroup"
)


def is_token(account: Account) -> bool:
    """Whether the account's token can be a part of an address."""
    return _TOKEN.fullmatch(account.secrets["token"].value) is not None


def call(http: httpx.Client, account: Account, method: str, **how: Any) -> Answer:
    """One call; ``how`` is what ``httpx.Client.request`` takes. The token must be one."""
    server, token = address(account.options.get("server", PUBLIC)), account.secrets["token"].value
    return ask(http, "POST", f"{server}/bot{token}/{method}", **how)


def words(answer: Answer) -> str:
    """What Telegram says of a call that it did not do; empty where it says nothing."""
    said = fields(answer).get("description")
    return said if isinstance(said, str) else ""


def of_api(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """In Telegram's words. What shuts the bot out of the chat would do so for every post: that needs a person."""
    outcome, said, told = of_publishing(answer), fields(answer), words(answer)
    if not told:
        return outcome
    asked = said.get("parameters")
    parameters = asked if isinstance(asked, dict) else {}
    why = f"Telegram answered {said.get('error_code')}: {told[:300]}{_moved(parameters)}"
    match outcome:
        case Refused() if said.get("error_code") in (403, 404) or _SHUT_OUT.search(told):
            return AuthLost(why)
        case Retry(wait=wait):
            return Retry(why, wait_told(parameters.get("retry_after")) or wait, is_limit=True)
        case _:
            return replace(outcome, why=why)


def _moved(parameters: dict[str, Any]) -> str:
    """Where a group has gone that became a supergroup: the number that ``chat`` must have from now on."""
    number = parameters.get("migrate_to_chat_id")
    return f" (its number is {number} now: set `chat`)" if isinstance(number, int) else ""
