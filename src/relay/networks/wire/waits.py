"""How long a network asks to be left alone, and what it says is left to an account."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from math import ceil

import httpx

from relay.core.outcome import Allowance

UNTOLD = timedelta(minutes=5)
"""How long to wait when a network says "too many" without saying until when."""

_RESETS = ("x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset")
_LEFT = ("x-ratelimit-remaining", "x-rate-limit-remaining", "ratelimit-remaining")
_SHORTEST, _LONGEST = timedelta(seconds=1), timedelta(days=1)


def wait_asked(response: httpx.Response) -> timedelta:
    """How long to wait, from a second to a day, counted from the answer's own ``Date``.

    Read from ``Retry-After`` (RFC 9110, 10.2.3), or else the time of reset that Mastodon gives
    in ISO 8601 and Bluesky and X in seconds since 1970.
    """
    headers = response.headers
    after = headers.get("retry-after", "")
    if after.isdecimal():
        return _bounded(timedelta(seconds=int(after[:9])))
    until = after or _first(headers, _RESETS)
    reset, now = moment(until), moment(headers.get("date", ""))
    return _bounded(reset - now) if reset and now else UNTOLD


def left(headers: httpx.Headers) -> Allowance | None:
    """What headers say is left to the account, in the same dialects; ``None`` where they say nothing."""
    count, until = _first(headers, _LEFT), moment(_first(headers, _RESETS))
    return Allowance(int(count[:9]), until) if count.isdecimal() and until else None


def wait_told(seconds: object) -> timedelta | None:
    """The same from a number in the answer itself, as Telegram and Discord give it; ``None`` for what is none."""
    if not isinstance(seconds, int | float) or not 0 <= seconds < _LONGEST.total_seconds():
        return None
    return _bounded(timedelta(seconds=ceil(seconds)))


def _first(headers: httpx.Headers, names: tuple[str, ...]) -> str:
    return next(filter(None, (headers.get(name) for name in names)), "")


def _bounded(wait: timedelta) -> timedelta:
    return min(max(wait, _SHORTEST), _LONGEST)


def moment(text: str) -> datetime | None:
    """A time as servers write it (ISO 8601, seconds since 1970, or RFC 9110's date), with its zone; else ``None``."""
    try:
        if (seconds := text.partition(".")[0]).isdecimal():
            return datetime.fromtimestamp(int(seconds[:12]), UTC)
        read = parsedate_to_datetime(text) if "," in text else datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
