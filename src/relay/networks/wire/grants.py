"""What a token endpoint grants (RFC 6749 §5.1), and when it ends."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeGuard

import httpx

from relay.core.account import Secret
from relay.core.grant import Grant
from relay.networks.wire.answers import Answer, content
from relay.networks.wire.tokens import is_token
from relay.networks.wire.waits import moment

LONGEST = 8192
"""Characters of a token or code: four times the longest that was seen (LinkedIn's)."""
_FAREST = timedelta(days=3660)
_LAST_YEAR = 9000


@dataclass(frozen=True, slots=True)
class Tokens:
    """What was granted (RFC 6749 §5.1); ``said`` is the whole answer."""

    access: Secret
    refresh: Secret | None = None
    expires_at: datetime | None = None
    ends_at: datetime | None = None
    said: Mapping[str, Any] = field(default_factory=dict, repr=False)


def tokens(answer: Answer) -> Tokens | None:
    """What an answer grants; ``None`` where it is no grant of a token that a header can carry."""
    said = content(answer)
    if not isinstance(answer, httpx.Response) or not isinstance(said, dict) or said.get("error"):
        return None
    given, again = said.get("access_token"), said.get("refresh_token")
    if not is_fit(given) or not _is_bearer(said):
        return None
    return Tokens(
        Secret(given),
        Secret(again) if is_fit(again) else None,
        _until(answer, said.get("expires_in")),
        _until(answer, said.get("refresh_token_expires_in")),
        said,
    )


def is_fit(given: object) -> TypeGuard[str]:
    """Whether it is a token, of a length that tokens have."""
    return isinstance(given, str) and len(given) <= LONGEST and is_token(Secret(given))


def granting(told: Tokens, client: Mapping[str, Secret], whose: str) -> Grant:
    """What is kept of a first answer: the access token stands under ``token``, as the networks' settings call it."""
    return Grant({"token": told.access}, told.refresh, told.expires_at, told.ends_at, client, whose)


def renewed(grant: Grant, told: Tokens) -> Grant:
    """A grant with other tokens. A server that says nothing of the refresh token leaves it as it was."""
    return replace(
        grant,
        secrets={**grant.secrets, "token": told.access},
        refresh=told.refresh or grant.refresh,
        expires_at=told.expires_at,
        ends_at=told.ends_at or grant.ends_at,
    )


def _is_bearer(said: Mapping[str, Any]) -> bool:
    """Networks that say nothing mean RFC 6750 too."""
    return str(said.get("token_type", "bearer")).lower() in {"bearer", "me"}


def _until(answer: httpx.Response, seconds: object) -> datetime | None:
    """When that many seconds are over, counted from the answer's own ``Date``; ``None`` for what is no lifetime."""
    if isinstance(seconds, str) and seconds.isdecimal():
        seconds = int(seconds[:12])
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 < seconds < _FAREST.total_seconds():
        return None
    return _dated(answer) + timedelta(seconds=seconds)


def _dated(answer: httpx.Response) -> datetime:
    told = moment(answer.headers.get("date", ""))
    is_a_date = told is not None and told.year < _LAST_YEAR
    return told if told and is_a_date else datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251  # the answer is of now, and does not say so
