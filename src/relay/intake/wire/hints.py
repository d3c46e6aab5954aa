"""What the headers of an answer say: when to ask again (RFC 9110 §10.2.3, RFC 9111 §5), and who else tells of news."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from relay.core.source import Validators
from relay.intake.wire.exchange import Reply

_LONGEST = timedelta(days=36500)
_LINKS = re.compile(r"""<[^<>]*>(?:\s*;\s*[\w*-]+(?:\s*=\s*(?:"[^"]*"|[^\s";,]*))?)*""")


def validators(reply: Reply) -> Validators:
    """ETag and Last-Modified, byte for byte."""
    etag, last_modified = _first(reply, b"etag"), _first(reply, b"last-modified")
    return Validators(etag, last_modified, reply.url.text) if etag or last_modified else Validators()


def _first(reply: Reply, name: bytes) -> bytes | None:
    found = reply.raw(name)
    return (found[0] or None) if found else None


def max_age(reply: Reply) -> timedelta | None:
    """How long the answer stays fresh, less its ``Age``; zero if it says so, ``None`` if it does not say.

    ``Expires`` counts only without ``max-age``, and from the server's own ``Date``: our clock may differ.
    """
    control = (reply.text(b"cache-control") or "").lower()
    if re.search(r"(?:^|[\s,])no-(?:cache|store)(?:[\s,]|$)", control):
        return timedelta(0)
    if age := re.search(r"(?:^|[\s,])max-age\s*=\s*\"?(\d+)", control):
        return max(_seconds(age[1]) - _seconds((reply.text(b"age") or "").strip()), timedelta(0))
    if reply.text(b"expires") is None:
        return None
    expires, date = (moment(reply.text(name) or "") for name in (b"expires", b"date"))
    return max(expires - date, timedelta(0)) if expires and date else timedelta(0)


def retry_after(reply: Reply) -> timedelta | None:
    """The wait asked for, a date being counted from the server's ``Date``; ``None`` for nothing, or for nonsense."""
    asked = (reply.text(b"retry-after") or "").strip()
    if asked.isdecimal():
        return _seconds(asked)
    until, date = moment(asked), moment(reply.text(b"date") or "")
    return until - date if until and date and until > date else None


def linked(reply: Reply, rel: str) -> tuple[str, ...]:
    """The targets of ``Link`` headers of this relation (RFC 8288), absolute, in their order."""
    found = (link.partition(">") for value in reply.texts(b"link") for link in _LINKS.findall(value))
    named = [target.strip(" <") for target, _, parameters in found if _has_relation(parameters, rel)]
    return tuple(reply.url.join(target).text for target in named if _is_address(target))


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
