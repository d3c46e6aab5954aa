"""Meta's Graph API, as Facebook and Threads speak it: calls, and what the numbers of its errors mean.

https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

import json
from datetime import timedelta
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.outcome import AuthLost, Gone, Refused, Removal, Retry, Unsure
from relay.networks.wire.answers import Answer, ask, content, fields, harmless, of_publishing
from relay.networks.wire.changed import of_one
from relay.networks.wire.tokens import bearer
from relay.networks.wire.waits import UNTOLD, wait_told

_PERMISSIONS = {10, *range(200, 300)}
_FOR_A_PERSON = {102, 190, 368, *_PERMISSIONS}
"""The token, its rights, or an account that Meta has blocked for a while: every other post would be told so too."""
_TOO_MANY = {4, 17, 32, 341, 613, *range(80000, 80015)}
_DOUBTFUL = {-1, 1, 2}
"""Meta does not know itself what became of it."""
DUPLICATE = 506
_MISSING = (100, 33)
"""Number and second number of what "does not exist, cannot be loaded due to missing permissions", or cannot do that."""


def call(http: httpx.Client, account: Account, method: str, url: str, **how: Any) -> Answer:
    """One call, its token in the header and not in the address; ``how`` is what ``httpx.Client.request`` takes."""
    return ask(http, method, url, headers=bearer(account.secrets["token"]), **how)


def code_of(answer: Answer) -> int | None:
    """The number of the error; ``None`` where the answer is none of Meta's."""
    error = _error(answer)
    number = error.get("code")
    return number if isinstance(number, int) else None


def is_missing(answer: Answer) -> bool:
    """Whether Meta has no such thing, or does not show it."""
    return (code_of(answer), _error(answer).get("error_subcode")) == _MISSING


def deleted(http: httpx.Client, account: Account, url: str, network: str, right: str) -> Removal:
    """Delete what is at ``url``. Meta says the same of what is gone and of what lacks a ``right``."""
    answer = call(http, account, "DELETE", url)
    match content(answer):
        case {"success": True}:
            return Gone()
    if not is_missing(answer):
        return of_changing(answer, network)
    look = call(http, account, "GET", url, params={"fields": "id"})
    if is_missing(look):
        return Gone()
    if content(look) is None:
        return harmless(of_api(look, network))
    return Refused(f"{network} still has the post, and this token may not delete it: it needs {right}.")


def of_changing(answer: Answer, network: str) -> Retry | Refused | AuthLost | Unsure:
    """What a call that changes one post was told: a right that it lacks is no reason to hold the other posts."""
    return of_one(of_api(answer, network), is_of_secret=code_of(answer) not in _PERMISSIONS)


def of_api(answer: Answer, network: str) -> Retry | Refused | AuthLost | Unsure:
    """What a call that publishes was told, in the words of ``network``: by the error's number, whatever the status."""
    outcome, error, number = of_publishing(answer), _error(answer), code_of(answer)
    if number is None or not isinstance(answer, httpx.Response):
        return outcome
    said = error.get("error_user_msg") or error.get("message") or answer.reason_phrase
    why = f"{network} answered {number}: {str(said)[:300]}"
    if number in _FOR_A_PERSON:
        return AuthLost(why)
    if number in _TOO_MANY:
        return Retry(why, _wait(answer), is_limit=True)
    if number in _DOUBTFUL or error.get("is_transient") is True or answer.is_server_error:
        return Unsure(why)
    return Refused(why)


def _error(answer: Answer) -> dict[str, Any]:
    found = fields(answer).get("error")
    return found if isinstance(found, dict) else {}


def _wait(answer: httpx.Response) -> timedelta:
    """As long as Meta thinks that it takes (minutes), where it says so beside the answer."""
    try:
        usage = json.loads(answer.headers.get("x-business-use-case-usage", "{}"))
        told = [use["estimated_time_to_regain_access"] for uses in usage.values() for use in uses]
        minutes = max(told, default=0)
    except (ValueError, AttributeError, KeyError, TypeError):
        return UNTOLD
    return (wait_told(minutes * 60) if minutes else None) or UNTOLD
