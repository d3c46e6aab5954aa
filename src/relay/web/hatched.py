"""A connection with a hatch: what is known by its bytes is answered at once, in front of parser, tasks and rooms."""

from math import inf
from typing import Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from relay.web.protocol import Bounded
from relay.web.serving.hatch import Hatch

_METHODS = frozenset({"GET", "HEAD"})


class Hatched(Bounded):
    """Beside what it inherits: a request that stands in the ``hatch`` costs no timer, no task and no reading."""

    def __init__(self, *args: Any, hatch: Hatch | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self._hatch = hatch
        self._begun, self._ended = 0, 0
        """Requests on this connection that were read."""
        self._asked_at = 0.0
        """When the hatch last answered (the loop's clock)."""

    def data_received(self, data: bytes) -> None:
        """Take some bytes from the reader: most are a whole request, and one that came before."""
        if self._hatch is None or not self._is_between:
            super().data_received(data)
            return
        answer = self._hatch.answer(data, self.server_state.default_headers)
        if answer is None:
            self._read(self._hatch, data)
            return
        self._due, self._asked_at = inf, self.loop.time()
        self.transport.writelines(answer if answer[1] else answer[:1])
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def _read(self, hatch: Hatch, data: bytes) -> None:
        """A request that is not known; it is from now on, where it is whole and its answer stands ready."""
        begun, ended = self._begun, self._ended
        super().data_received(data)
        if (self._begun - begun, self._ended - ended) == (1, 1) and self._is_plain:
            hatch.learn(data, self.scope, self.server_state.default_headers)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._begun += 1
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """It is there."""
        self._ended += 1
        super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Nobody has asked for long; but who was answered at the hatch meanwhile has set no other timer."""
        left = self._asked_at + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    @property
    def _is_between(self) -> bool:
        """Whether all that was asked is answered and taken, and nothing of a next request is there."""
        cycle: RequestResponseCycle | None = self.cycle
        is_done = cycle is None or (cycle.response_complete and not cycle.more_body)
        is_whole = self._pending == 0 and self._begun == self._ended  # a next one may have begun with the end of this
        return is_done and is_whole and self._stuck == inf and not self.transport.is_closing()

    @property
    def _is_plain(self) -> bool:
        """Whether the request that was read last is one after which the connection goes on, and wants nothing odd."""
        goes_on = self.cycle.keep_alive and self.scope["http_version"] == "1.1"
        return goes_on and self.scope["method"] in _METHODS and not self.expect_100_continue
