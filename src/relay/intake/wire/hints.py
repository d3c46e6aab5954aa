"""What the headers of an answer say: when to ask again (RFC 9110 §10.2.3, RFC 9111 §5), and who else tells of news."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from relay.core.source import Validators

_LONGEST = timedelta(days=36500)
_LINKS = re.compile(r"""<[^<>]*>(?:\s*;\s*[\w*-]+(?:\s*=\s*(?:"[^"]*"|[^\s";,]*))?)*""")


def validators(response: httpx.Response) -> Validators:
    """ETag and Last-Modified, byte for byte."""
    found: dict[bytes, bytes] = {}
    for name, value in response.headers.raw:
        found.setdefault(name.lower(), value)
    etag, last_modified = found.get(b"etag") or None, found.get(b"last-modified") or None
    return Validators(etag, last_modified, str(response.url)) if etag or last_modified else Validators()


def max_age(response: httpx.Response) -> timedelta | None:
    """How long the answer stays fresh, less its ``Age``; zero if it says so, ``None`` if it does not say.

    ``Expires`` counts only without ``max-age``, and from the server's own ``Date``: our clock may differ.
    """
    control = response.headers.get("cache-control", "").lower()
    if re.search(r"(?:^|[\s,])no-(?:cache|store)(?:[\s,]|$)", control):
        return timedelta(0)
    if age := re.search(r"(?:^|[\s,])max-age\s*=\s*\"?(\d+)", control):
        return max(_seconds(age[1]) - _seconds(response.headers.get("age", "").strip()), timedelta(0))
    if "expires" not in response.headers:
        return None
    expires, date = (moment(response.headers.get(name, "")) for name in ("expires", "date"))
    return max(expires - date, timedelta(0)) if expires and date else timedelta(0)


def retry_after(response: httpx.Response) -> timedelta | None:
    """The wait asked for, a date being counted from the server's ``Date``; ``None`` for nothing, or for nonsense."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return _seconds(asked)
    until, date = moment(asked), moment(response.headers.get("date", ""))
    return until - date if until and date and until > date else None


def linked(response: httpx.Response, rel: str) -> tuple[str, ...]:
    """The targets of ``Link`` headers of this relation (RFC 8288), absolute, in their order."""
    found = (link.partition(">") for value in response.headers.get_list("link") for link in _LINKS.findall(value))
    named = [target.strip(" <") for target, _, parameters in found if _has_relation(parameters, rel)]
    return tuple(str(response.url.join(target)) for target in named if _is_address(target))


def _has_relation(parameters: str, rel: str) -> bool:
    stated = re.search(r"""\brel\s*=\s*(?:"([^"]*)"|([^\s;,]+))""", parameters, re.IGNORECASE)
    return rel in (stated[1] or stated[2] or "").lower().split() if stated else False


def _is_address(target: str) -> bool:
    try:
        return bool(httpx.URL(target))
    except httpx.InvalidURL:
        return False


def moment(text: str) -> datetime | None:
    """An HTTP date (RFC 9110 §5.6.7)."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _seconds(digits: str) -> timedelta:
    if not digits.isdecimal():
        return timedelta(0)
    return min(timedelta(seconds=int(digits[:10])), _LONGEST)
