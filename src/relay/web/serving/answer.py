"""The answer to one request for a document: whole, "not modified", the news alone, or a part."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from relay.publish.compression import is_text
from relay.web.conditional import is_current, versions, wants_delta
from relay.web.serving import negotiation, ranges
from relay.web.serving.ready import IDENTITY, Ready
from relay.web.serving.stock import Stock


@dataclass(frozen=True, slots=True)
class Found:
    """The document that was chosen for a request.

    ``headers`` are those that its address has in every answer, ``cache`` how long it may be kept (Cache-Control).
    ``vary`` names what else chose it. A document that ``is_steady`` never changes, and is sent in parts too.
    """

    file: Path
    ready: Ready
    headers: Mapping[str, str]
    cache: str
    vary: tuple[str, ...] = ()
    is_steady: bool = False


def answer(request: Request, stock: Stock, found: Found) -> Response:
    """In the order of RFC 9110 §13.2.2: the conditions first, then the range."""
    chosen = negotiation.coding(request.headers.get("accept-encoding"), found.ready.bodies)
    if is_current(request.headers, found.ready.etag(chosen), found.ready.modified):
        return current(found, chosen)
    return _delta(request, stock, found) or _part(request, found, chosen) or whole(found, chosen)


def current(found: Found, chosen: str) -> Response:
    """304, for whoever has it."""
    return Response(status_code=304, headers=_headers(found, found.ready.etag(chosen)))


def whole(found: Found, chosen: str) -> Response:
    """200, in the content coding that was ``chosen``."""
    return Response(found.ready.bodies[chosen], headers=_all_headers(found, chosen))


def _headers(found: Found, etag: str) -> dict[str, str]:
    """What 304 says too (RFC 9110 §15.4.5)."""
    vary = [*found.vary, *(["Accept-Encoding"] if is_text(found.ready.media_type) else [])]
    return {
        **found.headers,
        "Cache-Control": found.cache,
        "ETag": etag,
        "Last-Modified": format_datetime(found.ready.modified, usegmt=True),
        **({"Vary": ", ".join(vary)} if vary else {}),
    }


def _all_headers(found: Found, chosen: str) -> dict[str, str]:
    parts = {"Accept-Ranges": "bytes"} if found.is_steady else {}
    return _headers(found, found.ready.etag(chosen)) | _described(found.ready, chosen) | parts


def _described(ready: Ready, chosen: str) -> dict[str, str]:
    coded = {} if chosen == IDENTITY else {"Content-Encoding": chosen}
    return {"Content-Type": ready.media_type, **coded}


def _delta(request: Request, stock: Stock, found: Found) -> Response | None:
    """226 with the news, for the caches that know what that is (RFC 3229 §10.4)."""
    if not found.ready.entries or not wants_delta(request.headers):
        return None
    news = stock.history.news(found.file, found.ready, versions(request.headers))
    if news is None:
        return None
    base, delta = news
    chosen = negotiation.coding(request.headers.get("accept-encoding"), delta.bodies)
    headers = _headers(found, delta.etag(chosen)) | _described(delta, chosen)
    headers["Vary"] += ", A-IM, If-None-Match"
    headers |= {"IM": "feed", "Delta-Base": f'"{base}"', "Cache-Control": f"no-store, im, {found.cache}"}
    return Response(delta.bodies[chosen], 226, headers)


def _part(request: Request, found: Found, chosen: str) -> Response | None:
    """206 with the part that is asked for, 416 where there is no such part."""
    if not found.is_steady or request.method != "GET":
        return None
    headers, body = _all_headers(found, chosen), found.ready.bodies[chosen]
    size = len(body)
    part = ranges.wanted(request.headers, headers["ETag"], found.ready.modified, size)
    if part is None:
        return None
    first, end = part
    if first >= end:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    return Response(body[first:end], 206, {**headers, "Content-Range": f"bytes {first}-{end - 1}/{size}"})
