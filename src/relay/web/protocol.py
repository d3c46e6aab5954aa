"""HTTP as uvicorn speaks it by httptools, with the bounds that it lacks: on a head's size, and on anybody's time."""

import asyncio
from http import HTTPStatus
from math import inf
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from relay.web import security
from relay.web.crowd import Crowd

LARGEST_HEAD = 64 * 1024
"""Bytes of a request's head, or of what stands between and behind the parts of its body."""
LEAST = 64 * 1024
"""Bytes that a reader takes, at the least, within the limit for ``taking``."""


class Bounded(HttpToolsProtocol):
    """Whoever sends more than ``LARGEST_HEAD`` without getting anywhere is told 400, and the connection ends.

    So it does, by 408 or without a word, with whoever takes longer than the crowd's limits allow. One timer looks
    after each connection, at least as often as a head may take: a request costs no timer of its own.
    """

    def __init__(self, *args: Any, crowd: Crowd | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self._crowd = crowd or Crowd()
        self._pending = 0
        """Bytes since a head, a part of a body or a request was complete."""
        self._due = inf
        """When what is being read must be whole (the loop's clock); ``inf`` while uvicorn waits for a next request.

        Any byte ends that wait of uvicorn's, one that begins no request too.
        """
        self._stuck = inf
        """Since when the reader has not taken ``LEAST`` of what lies ready."""
        self._left = 0
        """Bytes that lay ready then."""
        self._is_ending = False
        self._watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Somebody is there, and let in if there is room."""
        super().connection_made(transport)
        self._due = self.loop.time() + self._crowd.limits.head
        self._watch = self.loop.call_at(self._due, self._look)
        if not self._crowd.enter(self, self.client[0] if self.client else ""):
            self._end_with(HTTPStatus.SERVICE_UNAVAILABLE)

    def connection_lost(self, exc: Exception | None) -> None:
        """They are gone."""
        if self._watch:
            self._watch.cancel()
        self._crowd.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take some bytes from the reader."""
        self._pending += len(data)
        if self._due == inf:
            self._due = self.loop.time() + self._crowd.limits.head
        super().data_received(data)
        if self._pending > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.phrase)

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._pending = 0
        # It is not awaited yet where it came at once with the end of the request before it.
        self._due = (self._due if self._due < inf else self.loop.time()) + self._crowd.limits.body
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body is there."""
        self._pending = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All is there; where it was answered before that, uvicorn does not wait for a next request with a bound."""
        cycle: RequestResponseCycle | None = self.cycle
        is_answered = cycle is not None and cycle.response_complete
        self._pending, self._due = 0, self.loop.time() + self._crowd.limits.head if is_answered else inf
        super().on_message_complete()

    def pause_writing(self) -> None:
        """The reader is slower than the answer."""
        self._stuck, self._left = self.loop.time(), self.transport.get_write_buffer_size()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The reader has caught up."""
        self._stuck = inf
        super().resume_writing()

    def _unsupported_upgrade_warning(self) -> None:
        """Another protocol is not spoken, and the answer is that of HTTP (RFC 9110 §7.8): no matter for a log."""

    @property
    def gets_nowhere(self) -> bool:
        """Whether no answer is under way to a whole request, or it is not taken."""
        return self._stuck < inf or not self._is_answering

    def cut(self) -> None:
        """End it now, whatever is under way."""
        self.transport.abort()

    @property
    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete and not cycle.more_body

    def _look(self) -> None:
        """Whether it has taken too long; if not, when to look again."""
        now = self.loop.time()
        if self._is_ending or self._is_stuck(now):
            self.cut()
            return
        if self.transport.is_closing():  # what was said last is still to be taken; of more, a part at a time
            self._is_ending = self._stuck == inf
        elif not self._is_answering and now >= self._due:
            self._give_up()
        later = now + self._crowd.limits.head
        self._watch = self.loop.call_at(self._due if now < self._due < later else later, self._look)

    def _is_stuck(self, now: float) -> bool:
        """Whether the reader takes so little that it had better come again; all of a long answer lies ready at once."""
        left = self.transport.get_write_buffer_size()
        if self._stuck < inf and left <= self._left - LEAST:
            self._stuck, self._left = now, left
        return now - self._stuck >= self._crowd.limits.taking

    def _give_up(self) -> None:
        """Whoever has said nothing is told nothing: browsers open connections that they may not need."""
        cycle: RequestResponseCycle | None = self.cycle
        is_partial = cycle is not None and cycle.more_body
        if (self._pending or is_partial) and not (is_partial and self.cycle.response_started):
            self._end_with(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """What is no request gets the guards of every answer, too."""
        self._end_with(HTTPStatus.BAD_REQUEST, msg)

    def _end_with(self, status: HTTPStatus, words: str = "") -> None:
        """Say why, and end it."""
        said = words or status.phrase
        named = {"Retry-After": "10"} if status is HTTPStatus.SERVICE_UNAVAILABLE else {}
        named |= {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(said)), "Connection": "close"}
        named |= {**security.HEADERS, "Content-Security-Policy": security.DATA, "Cache-Control": "no-store"}
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        self.transport.write(f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n{said}".encode())
        self.transport.close()
