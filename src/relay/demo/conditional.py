"""Answers with validators, and 304 to whoever has them already (RFC 9110 §8.8, §13)."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from relay.web.conditional import is_current


def answer(request: Request, body: bytes, media_type: str, modified: datetime | None = None) -> Response:
    """``body`` with an ETag made of its bytes and, where it is known, its last change; it must be asked for anew."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"etag": etag, "cache-control": "no-cache", "vary": "accept-language"}
    if modified:
        headers["last-modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
    if is_current(request.headers, etag, modified):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers | {"content-type": media_type})
