"""Calls to LinkedIn's versioned API, and what its answers mean."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.wire.answers import Answer, address, ask, fields, of_publishing
from relay.networks.wire.tokens import bearer
from relay.networks.wire.waits import moment

SERVER = "https://api.linkedin.com"
VERSION = "202607"
"""The version that relay was written for. LinkedIn keeps one for about twelve months."""

_DUPLICATE = re.compile(r"urn:li:(?:share|ugcPost|activity):\d+")
_BUSY = "resource is forbidden"
_LOST = "Unable to obtain activity"


def call(http: httpx.Client, account: Account, method: str, path: str, **how: Any) -> Answer:
    """One call; ``how`` is what ``httpx.Client.request`` takes."""
    headers = {
        **bearer(account.secrets["token"]),
        "LinkedIn-Version": account.options.get("version", VERSION),
        "X-Restli-Protocol-Version": "2.0.0",
        **how.pop("headers", {}),
    }
    return ask(http, method, address(account.options.get("server", SERVER)) + path, headers=headers, **how)


def place(urn: str) -> str:
    """Where readers find a post."""
    return f"https://www.linkedin.com/feed/update/{urn}"


def of_api(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """What a call that publishes was told, in LinkedIn's words. 426 is a version that LinkedIn no longer has."""
    outcome = of_publishing(answer)
    if not isinstance(answer, httpx.Response):
        return outcome
    words = str(fields(answer).get("message") or answer.reason_phrase)
    why = f"LinkedIn answered {answer.status_code}: {words[:300]}"
    match answer.status_code:
        case 403:
            return _forbidden(words, why)
        case 426:
            return AuthLost(f"{why} Set `version` to one that LinkedIn has (YYYYMM), or update relay.")
        case 429 if " DAY limit" in words:
            return Retry(why, _midnight(answer), is_limit=True)
        case _:
            return replace(outcome, why=why)


def _forbidden(words: str, why: str) -> Retry | AuthLost | Unsure:
    """A token without the right to post; but two of these have been seen to pass by themselves."""
    if _LOST in words:
        return Unsure(why)
    return Retry(why) if _BUSY in words else AuthLost(why)


def duplicate(answer: Answer) -> str | None:
    """The post that LinkedIn takes this one for a duplicate of; ``None`` where it says no such thing."""
    if not isinstance(answer, httpx.Response) or answer.status_code != 422:
        return None
    said = fields(answer)
    is_duplicate = "DUPLICATE_POST" in answer.text or "duplicate of" in str(said.get("message"))
    found = _DUPLICATE.search(answer.text) if is_duplicate else None
    return found.group() if found else None


def _midnight(answer: httpx.Response) -> timedelta:
    """Until the day is over in UTC, when LinkedIn begins to count anew."""
    now = moment(answer.headers.get("date", ""))
    passed = timedelta(hours=now.hour, minutes=now.minute, seconds=now.second) if now else timedelta(0)
    return timedelta(days=1) - passed
