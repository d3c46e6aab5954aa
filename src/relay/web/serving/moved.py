"""The addresses of feeds that are no more: on to the new ones, or a word of farewell."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from relay.core.feed import OutgoingFeed
from relay.core.retired import Retired
from relay.publish import farewell

_HEADERS = {"Cache-Control": "public, max-age=3600"}
"""An hour: a configuration may change its mind."""


def answer(
    name: str, path: str, feeds: Sequence[OutgoingFeed], retired: Sequence[Retired], today: date
) -> Response | None:
    """301 for a feed with a new name, 301 and then 410 for one that is retired, ``None`` for a name nobody had."""
    for feed in feeds:
        if name in feed.formerly:
            return RedirectResponse(f"/feeds/{feed.id}/{quote(path)}", 301, _HEADERS)
    gone = next((one for one in retired if one.name == name), None)
    if gone is None:
        return None
    onward = gone.onward(quote(path), today)
    return RedirectResponse(onward, 301, _HEADERS) if onward else _farewell(gone)


def _farewell(gone: Retired) -> Response:
    headers = {**_HEADERS, "Content-Language": gone.language, "Content-Type": "text/html; charset=utf-8"}
    return Response(farewell.page(gone), 410, headers)
