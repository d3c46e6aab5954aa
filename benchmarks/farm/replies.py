"""What a server answers that is not well."""

import gzip
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from benchmarks.farm.documents import http_date

HUGE = 11 * 1024 * 1024
_HTML = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body><p>Back soon.</p></body></html>"
_PAGE = ((b"Content-Type", b"text/html; charset=utf-8"),)
_FEED = ((b"Content-Type", b"application/rss+xml"),)
_ASKED = {"429": timedelta(hours=1), "429 date": timedelta(hours=2), "503 asked": timedelta(hours=3)}
_WRONG = b'"of what cannot be read"'


@dataclass(frozen=True, slots=True)
class Reply:
    """``etag`` is one that nobody should keep, ``pause`` what ``Retry-After`` asks for."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    etag: bytes | None = None
    pause: timedelta | None = None


def reply(what: str, clock: datetime, feed: bytes) -> Reply:
    """The answer of this name; ``clock`` is the server's own, ``feed`` what it would serve if it were well."""
    if what in _ASKED:
        asked = _ASKED[what]
        words = http_date(clock + asked) if what == "429 date" else str(int(asked.total_seconds()))
        return Reply(int(what[:3]), headers=((b"Retry-After", words.encode()),), pause=asked)
    if what == "cut":
        return Reply(200, feed[: len(feed) * 2 // 3], (*_FEED, (b"ETag", _WRONG)), _WRONG)
    return _fixed()[what]


@cache
def _fixed() -> dict[str, Reply]:
    marked = (b"ETag", _WRONG)
    bomb = gzip.compress(b"<rss>" + b" " * (8 * HUGE))
    return {
        "429 bare": Reply(429),
        "503": Reply(503, _HTML, _PAGE),
        "500": Reply(500, _HTML, _PAGE),
        "404": Reply(404, _HTML, _PAGE),
        "410": Reply(410, _HTML, _PAGE),
        "403": Reply(403, _HTML, _PAGE),
        "wall": Reply(403, b"<html><title>Just a moment...</title></html>", (*_PAGE, (b"cf-mitigated", b"challenge"))),
        "html": Reply(200, _HTML, (*_PAGE, marked), _WRONG),
        "garbage": Reply(200, bytes(range(1, 256)) * 8, (*_FEED, marked), _WRONG),
        "huge": Reply(200, b"<rss>" + b" " * HUGE, (*_FEED, marked), _WRONG),
        "bomb": Reply(200, bomb, (*_FEED, (b"Content-Encoding", b"gzip"), marked), _WRONG),
    }
