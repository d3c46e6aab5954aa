"""A part of a document: Range and If-Range (RFC 9110 §14)."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime

_ONE = re.compile(r"bytes\s*=\s*(?:0*(\d{1,18}))?\s*-\s*(?:0*(\d{1,18}))?\s*", re.IGNORECASE)
"""No document has a byte beyond 18 digits: a number that is longer cannot be read."""

Part = tuple[int, int]
"""First byte, and the one after the last."""


def wanted(headers: Mapping[str, str], etag: str, modified: datetime, size: int) -> Part | None:
    """The part that is asked for, ``(size, size)`` where there is no such part, ``None`` for the whole.

    Several parts at once, other units, and what cannot be read ask for the whole; so does an ``If-Range`` that names
    another version.
    """
    asked = _ONE.fullmatch(headers.get("range", "").strip())
    condition = headers.get("if-range")
    is_same = condition is None or condition.strip() in {etag, format_datetime(modified, usegmt=True)}
    if asked is None or not (asked[1] or asked[2]) or not is_same:
        return None
    return _within(asked[1], asked[2], size)


def _within(first: str, last: str, size: int) -> Part | None:
    nothing = (size, size)
    if not first:
        return (max(0, size - int(last)), size) if int(last) and size else nothing
    start, end = int(first), int(last) + 1 if last else size
    if end <= start and last:
        return None
    return (start, min(end, size)) if start < size else nothing
