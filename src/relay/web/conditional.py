"""Whether a reader already has what it asks for: If-None-Match and If-Modified-Since (RFC 9110 §13)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_NEVER = re.compile(r"q\s*=\s*0(\.0*)?")
_ENCODED = re.compile(r"-(?:gzip|br|zstd)$")


def is_current(headers: Mapping[str, str], etag: str, modified: datetime | None) -> bool:
    """Whether 304 is the answer; an ``If-None-Match`` that is there decides alone (§13.2.2).

    ``etag`` has its quotes; ``modified`` is ``None`` where the last change is not known.
    """
    tags = headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or any(_matches(found, etag) for found in _TAG.findall(tags))
    since = _moment(headers.get("if-modified-since", ""))
    return since is not None and modified is not None and modified.replace(microsecond=0) <= since


def versions(headers: Mapping[str, str]) -> list[str]:
    """The versions that a reader says it has, without quotes and coding."""
    return [_ENCODED.sub("", found) for found in _TAG.findall(headers.get("if-none-match", ""))]


def wants_delta(headers: Mapping[str, str]) -> bool:
    """Whether a reader takes the news of a feed alone: ``A-IM: feed`` (RFC 3229 §10.5.3)."""
    asked = (part.partition(";") for part in headers.get("a-im", "").lower().split(","))
    return any(name.strip() == "feed" and not _NEVER.fullmatch(weight.strip()) for name, _, weight in asked)


def _matches(found: str, etag: str) -> bool:
    """The weak comparison (§8.8.3.2); proxies that compress mark our tags, and some readers send the mark back."""
    return _ENCODED.sub("", found) == _ENCODED.sub("", etag.strip('"'))


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
