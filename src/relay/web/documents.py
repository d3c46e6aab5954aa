"""One file over HTTP, whole or "not modified"."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.web.conditional import is_current

MEDIA_TYPES = {
    "atom.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
"""Only what is in this table is served: by the file's name, else by its ending."""


def find(folder: Path, path: str) -> Path:
    """The file at ``path`` inside ``folder``; 404 for anything else, whatever the path may try."""
    if "\0" in path or any(part.startswith(".") for part in path.split("/")):
        raise HTTPException(404)
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()) or not _is_file(file) or media_type(file) is None:
        raise HTTPException(404)
    return file


def media_type(file: Path) -> str | None:
    """The type a file is sent as, ``None`` for a file that is none of ours."""
    return MEDIA_TYPES.get(file.name) or MEDIA_TYPES.get(file.suffix)


def serve(request: Request, file: Path, headers: Mapping[str, str]) -> Response:
    """The bytes of ``file`` with a strong ETag of them, or 304 without a body (RFC 9110 §15.4.5)."""
    body, modified = _read(file)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    validators = {**headers, "ETag": etag, "Last-Modified": format_datetime(modified, usegmt=True)}
    if is_current(request.headers, etag, modified):
        return Response(status_code=304, headers=validators)
    return Response(body, media_type=None, headers={**validators, "Content-Type": media_type(file) or ""})


def _is_file(file: Path) -> bool:
    """Whether it is there; a name that is too long for the system is not."""
    try:
        return file.is_file()
    except OSError:
        return False


def _read(file: Path) -> tuple[bytes, datetime]:
    """Bytes and time of the same file, even while another takes its name."""
    try:
        with file.open("rb") as opened:
            body = opened.read()
            seconds = int(file.stat().st_mtime)
    except FileNotFoundError as error:
        raise HTTPException(404) from error
    return body, datetime.fromtimestamp(seconds, UTC)
