"""Calls of Mastodon's API, as all its dialects take them: https://docs.joinmastodon.org/methods/."""

from typing import Any

import httpx

from relay.core.account import Account
from relay.networks.wire.answers import Answer, address, ask, content, of_publishing, unread
from relay.networks.wire.tokens import bearer


def call(http: httpx.Client, account: Account, method: str, path: str, **how: Any) -> Answer:
    """One exchange; ``path`` is what follows "/api/", ``how`` what ``httpx.Client.request`` takes.

    Pixelfed answers with a page instead of an error in JSON to whoever does not ask for JSON.
    """
    headers = bearer(account.secrets["token"]) | {"Accept": "application/json"} | how.pop("headers", {})
    return ask(http, method, f"{address(account.options['instance'])}/api/{path}", headers=headers, **how)


def read(http: httpx.Client, account: Account, path: str, **params: str) -> Any:
    """The JSON under a path of the API, ``CannotTell`` where there is none."""
    answer = call(http, account, "GET", path, params=params)
    found = content(answer)
    return unread(of_publishing(answer)) if found is None else found


def status_of(answer: Answer) -> int | None:
    """The HTTP status, ``None`` where no answer came."""
    return answer.status_code if isinstance(answer, httpx.Response) else None


def is_unknown(answer: Answer) -> bool:
    """Whether the server does not know what it was asked for: the thing is not there, or the way to it is not."""
    return status_of(answer) in {404, 405, 410, 501}
