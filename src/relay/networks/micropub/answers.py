"""Asking a Micropub endpoint, and what its answers mean (https://www.w3.org/TR/micropub/#error-response)."""

from typing import Any
from urllib.parse import urljoin

import httpx

from relay.core.account import Account
from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.wire.answers import Answer, ask, fields, of_publishing, web_address
from relay.networks.wire.tokens import bearer


def call(http: httpx.Client, account: Account, method: str, **how: Any) -> Answer:
    """One call of the endpoint; ``how`` is what ``httpx.Client.request`` takes."""
    headers = bearer(account.secrets["token"]) | how.pop("headers", {})
    return ask(http, method, account.options["endpoint"], headers=headers, **how)


def location(account: Account, answer: httpx.Response) -> str | None:
    """The address that an answer names."""
    told = answer.headers.get("location")
    return joined(account, told) if told else None


def joined(account: Account, told: str) -> str | None:
    """What a server calls by an address, which may be one that is seen from the endpoint; ``None`` for what is none."""
    try:
        return web_address(urljoin(account.options["endpoint"], told))
    except ValueError:  # "http://[" is none
        return None


def of_any(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """403 is said to every post of this token (``forbidden``, ``insufficient_scope``), 404 and 410 by no endpoint."""
    outcome = of_publishing(answer)
    if not isinstance(outcome, Refused) or not isinstance(answer, httpx.Response):
        return outcome
    said = str(fields(answer).get("error"))
    is_lasting = answer.status_code in {404, 410} or said in {"forbidden", "insufficient_scope", "unauthorized"}
    return AuthLost(outcome.why) if is_lasting or answer.has_redirect_location else outcome
