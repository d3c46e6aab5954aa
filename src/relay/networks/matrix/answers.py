"""Asking a homeserver, and what its errors mean (https://spec.matrix.org/latest/client-server-api/#standard-error-response)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.wire.answers import Answer, address, ask, fields, harmless, of_publishing
from relay.networks.wire.tokens import bearer
from relay.networks.wire.waits import wait_asked, wait_told

FORBIDDEN = "M_FORBIDDEN"
_FOR_A_PERSON = {FORBIDDEN, "M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED", "M_CONSENT_NOT_GIVEN"}
"""What every other post of the account would be told too."""


def call(http: httpx.Client, account: Account, method: str, path: str, **how: Any) -> Answer:
    """One call under ``/_matrix/client`` (or ``/_matrix/media``); ``how`` is what ``httpx.Client.request`` takes."""
    below = path if path.startswith("media/") else f"client/{path}"
    headers = bearer(account.secrets["token"]) | how.pop("headers", {})
    return ask(http, method, f"{address(account.options['server'])}/_matrix/{below}", headers=headers, **how)


def of_any(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """What an answer means for a post, where it is not the success that was hoped for."""
    outcome, said = of_publishing(answer), fields(answer)
    match outcome:
        case Refused(why=why) if str(said.get("errcode")) in _FOR_A_PERSON:
            return AuthLost(why)
        case Retry() if isinstance(answer, httpx.Response):
            return replace(outcome, wait=_wait(answer, said) or outcome.wait)
        case _:
            return outcome


def of_preparing(answer: Answer) -> Retry | Refused | AuthLost:
    """The same for a call that shows nothing to the public: there a doubt does no harm."""
    return harmless(of_any(answer))


def is_unknown(answer: Answer) -> bool:
    """Whether the server has no such event, or none that this account may see."""
    return fields(answer).get("errcode") == "M_NOT_FOUND"


def _wait(answer: httpx.Response, said: dict[str, Any]) -> timedelta | None:
    """Until version 1.10 the body alone said it, in milliseconds."""
    milliseconds = said.get("retry_after_ms")
    if "retry-after" in answer.headers or not isinstance(milliseconds, int):
        return wait_asked(answer)
    return wait_told(-(-milliseconds // 1000))
