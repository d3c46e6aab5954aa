"""Tokens of Meta's: one is exchanged for another that lives longer, by Facebook and Threads in the same way.

https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx

from relay.core.outcome import AuthLost
from relay.networks.connecting import Failed
from relay.networks.wire.answers import Answer, ask, fields, harmless
from relay.networks.wire.grants import Tokens, tokens
from relay.networks.wire.graph import code_of, of_api
from relay.networks.wire.masking import is_private
from relay.networks.wire.oauth import covered, unsecured
from relay.networks.wire.refusals import of_tokens, plain

_SPENT = {36007, 36009}
"""Subcodes of an authorization code that is too old, or was used."""


def exchanged(
    http: httpx.Client, who: str, url: str, params: Mapping[str, str], method: str = "GET"
) -> Tokens | Failed:
    """Ask for a token with ``params``. Meta wants them in the address where it is asked by GET."""
    if not is_private(url):
        return unsecured(who)
    how: dict[str, Any] = {"data": dict(params)} if method == "POST" else {"params": dict(params)}
    answer = ask(http, method, url, follow_redirects=False, **how)
    return tokens(answer) or covered(_of(answer, who), params)


def of_call(answer: Answer, who: str) -> Failed:
    """What a call that only asks was told."""
    told = harmless(of_api(answer, who))
    return replace(told, why=plain(told.why))


def _of(answer: Answer, who: str) -> Failed:
    """By Meta's own numbers, where the answer has one."""
    error = fields(answer).get("error")
    if code_of(answer) is None or not isinstance(error, dict):
        return of_tokens(answer, who)
    told = of_call(answer, who)
    return AuthLost(f"{told.why} Connect it again.") if error.get("error_subcode") in _SPENT else told
