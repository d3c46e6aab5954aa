"""Answers with validators, and 304 to whoever has them already (RFC 9110 §8.8, §13)."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response


def answer(request: Request, body: bytes, media_type: str, modified: datetime | None = None) -> Response:
    """``body`` with an ETag made of its bytes and, where it is known, its last change; it must be asked for anew."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"etag": etag, "cache-control": "no-cache", "vary": "accept-language"}
    if modified:
        headers["last-modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
    if _is_known(request, etag, modified):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers | {"content-type": media_type})


def _is_known(request: Request, etag: str, modified: datetime | None) -> bool:
    """``If-Modified-Since`` counts only without ``If-None-Match`` (§13.1.3)."""
    matches = request.headers.get("if-none-match")
    if matches is not None:
        return matches.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in matches.split(",")}
    since = _moment(request.headers.get("if-modified-since", ""))
    return bool(since and modified and modified.replace(microsecond=0) <= since)


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
