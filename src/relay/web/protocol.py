"""HTTP as uvicorn speaks it by httptools, with a bound on what is no body: its parser has none."""

from collections.abc import Sequence
from http import HTTPStatus

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 64 * 1024
"""Bytes of a request's head, or of what stands between and behind the parts of its body."""


def spoken(app: ASGIApp, patience: int, proxies: Sequence[str]) -> uvicorn.Config:
    """How the service speaks; ``patience`` is how many seconds answers under way have at the end.

    ``proxies`` are the networks from which ``X-Forwarded-For`` is believed: who asks is told apart by it.
    """
    return uvicorn.Config(
        app,
        http=Bounded,
        log_level="warning",
        access_log=False,
        forwarded_allow_ips=[*proxies],
        timeout_graceful_shutdown=patience,
        server_header=False,
    )


class Bounded(HttpToolsProtocol):
    """Whoever sends more than ``LARGEST_HEAD`` without getting anywhere is told 400, and the connection ends."""

    _pending = 0
    """Bytes since a head, a part of a body or a request was complete."""

    def data_received(self, data: bytes) -> None:
        """Take some bytes from the reader."""
        self._pending += len(data)
        super().data_received(data)
        if self._pending > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.phrase)

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._pending = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body is there."""
        self._pending = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All is there."""
        self._pending = 0
        super().on_message_complete()
