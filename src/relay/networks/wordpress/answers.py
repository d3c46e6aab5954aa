"""Asking a WordPress site, and what its answers mean for a post."""

from typing import Any

import httpx

from relay.core.account import Account
from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.wire.answers import Answer, address, ask, fields, of_publishing


def call(http: httpx.Client, account: Account, method: str, what: str, **how: Any) -> Answer:
    """One call of the API, signed in; ``how`` is what ``httpx.Client.request`` takes."""
    where = f"{address(account.options['site'])}/wp-json/wp/v2/{what}"
    who = httpx.BasicAuth(account.options["user"], account.secrets["password"].value.strip())
    return ask(http, method, where, auth=who, **how)


def code_of(answer: Answer) -> str:
    """WordPress's word for what is wrong ("rest_post_invalid_id"); empty where the answer is none of its own."""
    return str(fields(answer).get("code", ""))


def of_any(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """What would be said to every other post too needs a person: no right to post, no API there, a site that moved."""
    outcome, code = of_publishing(answer), code_of(answer)
    if not isinstance(answer, httpx.Response) or not isinstance(outcome, Refused):
        return outcome
    if answer.has_redirect_location:
        return AuthLost(f"{outcome.why}; the site is elsewhere now: correct `site`.")
    if answer.status_code == httpx.codes.NOT_FOUND:
        return AuthLost(f"{outcome.why}; there is no REST API: look at `site`, and at Settings, Permalinks.")
    return AuthLost(outcome.why) if code.startswith(("rest_cannot_", "rest_forbidden")) else outcome
