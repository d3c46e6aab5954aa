"""Calls to X's API (version 2), and what its answers mean."""

from dataclasses import replace
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.wire.answers import Answer, address, ask, fields, of_publishing
from relay.networks.x import oauth as x_oauth

SERVER = "https://api.x.com"
NOT_AUTHORIZED = "not-authorized-for-resource"
_FOR_A_PERSON = {
    *("usage-capped", "credits", "oauth1-permissions", "client-forbidden", "unsupported-authentication"),
    *(NOT_AUTHORIZED, "account-suspended"),
}
"""Problems (https://docs.x.com/x-api/fundamentals/response-codes-and-errors) that every other post would have too."""


def call(http: httpx.Client, account: Account, method: str, path: str, **how: Any) -> Answer:
    """One call; ``how`` is what ``httpx.Client.request`` takes."""
    url = address(account.options.get("server", SERVER)) + path
    return ask(http, method, url, headers=x_oauth.headers(account, method, url, how.get("params", {})), **how)


def of_api(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """What a call that publishes was told, in X's words. 402 is an account without credits."""
    outcome = of_publishing(answer)
    if not isinstance(answer, httpx.Response):
        return outcome
    said = fields(answer)
    words = f"X answered {answer.status_code}: {_words(said) or answer.reason_phrase}"
    if answer.status_code == 402 or problem(answer) in _FOR_A_PERSON:
        return AuthLost(words)
    return replace(outcome, why=words)


def problem(answer: Answer) -> str:
    """The name of the problem ("client-forbidden"); empty where there is none."""
    return str(fields(answer).get("type", "")).rpartition("/")[2]


def is_duplicate(answer: Answer) -> bool:
    """Whether X says no because it has had the same text; it does not say where."""
    is_no = isinstance(answer, httpx.Response) and answer.status_code == 403
    return is_no and "duplicate content" in _words(fields(answer))


def is_missing(answer: Answer) -> bool:
    """Whether X has no such post: by the status, or by a problem in an answer with another one."""
    if not isinstance(answer, httpx.Response):
        return False
    said = fields(answer)
    listed = said.get("errors")
    problems = [said, *(listed if isinstance(listed, list) else ())]
    kinds = {str(problem.get("type")).rpartition("/")[2] for problem in problems if isinstance(problem, dict)}
    return answer.status_code == 404 or ("data" not in said and "resource-not-found" in kinds)


def _words(said: dict[str, Any]) -> str:
    """The detail of a problem (RFC 9457), with what is wrong with each parameter."""
    listed = said.get("errors")
    errors = [error.get("message") for error in listed if isinstance(error, dict)] if isinstance(listed, list) else []
    told = (said.get("detail") or said.get("title"), *errors)
    return " ".join(part for part in told if isinstance(part, str))[:300]
