"""The course of one exchange: its turn, the look-up of its host, its connection, its answer.

Each step begins something and returns; the thread that drives the exchange does the next when that has happened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from socket import socket
from time import monotonic

import httpx
import pycurl

from relay.intake.wire import lookup
from relay.intake.wire.address import WebAddress
from relay.intake.wire.curl.answer import reply
from relay.intake.wire.curl.failure import failure, unconnected
from relay.intake.wire.curl.handle import Handle
from relay.intake.wire.curl.means import Manner, Means
from relay.intake.wire.curl.multi import Work
from relay.intake.wire.curl.opening import Opening
from relay.intake.wire.curl.question import Question, question
from relay.intake.wire.exchange import Headers, Reply
from relay.intake.wire.guard import Address


def _nothing() -> None:
    pass


@dataclass(eq=False, slots=True)
class Course:
    """``left`` is how many seconds it may take, where these are fewer than usual; ``over`` is called at its end.

    ``leave`` ends its turn.
    """

    means: Means
    manner: Manner
    url: WebAddress
    headers: Headers
    left: float
    over: Callable[["Course"], None]
    leave: Callable[[], None] = _nothing
    _asked: Question | None = None
    _timer: list[Work] = field(default_factory=list)
    _opening: Opening | None = None
    _handle: Handle | None = None
    _trouble: Exception | None = None
    _is_over: bool = False

    def called(self, instant: float) -> None:
        """Its turn has come, from that ``instant``: any thread may say so."""
        self.means.multi.tell(partial(self._step, self._wait, instant))

    def result(self) -> Reply | Exception:
        """What it has come to; only now is it read, and inflated: what has ended may be much."""
        try:
            try:
                return self._reply()
            finally:
                self._give()
        except Exception as error:  # noqa: BLE001  # whoever asked for it judges it
            return error

    def put_off(self, seconds: float) -> None:
        """Nobody looked for so long: that is no fault of the far end, and counts for nothing."""
        if self._asked:
            self._asked.end += seconds
        if self._asked and self._handle and not self._is_over:
            self._handle.put_off()
            self._timer.clear()
            self._timer = self.means.multi.at(self._asked.end, partial(self._step, self._late))

    def give_up(self) -> None:
        """Wherever it is."""
        self._is_over = True
        self._timer.clear()
        try:
            if self._opening:
                self._opening.give_up()
            self._give()
        finally:
            self._leave()

    def _step(self, step: Callable[..., None], *about: object) -> None:
        if self._is_over:
            return
        try:
            step(*about)
        except OSError as error:
            self._end(unconnected(error))
        except Exception as error:  # noqa: BLE001  # it is what the exchange comes to
            self._end(error)

    def _wait(self, instant: float) -> None:
        if instant > monotonic():
            self._timer = self.means.multi.at(instant, partial(self._step, self._begin))
        else:
            self._begin()

    def _begin(self) -> None:
        end = monotonic() + min(self.manner.deadline, self.left)
        self._asked = question(self.url, self.headers, self.manner.usual, end)
        if self.means.keeps(self._asked.origin):
            self._speak(self._asked, None)
        else:
            self._look_up(self._asked)

    def _look_up(self, asked: Question) -> None:
        check = partial(self.manner.guard.check, asked.host, asked.port)
        if lookup.is_address(asked.host):
            self._open(asked, check())
            return
        late = partial(self._step, self._open, asked, lookup.late(asked.host))
        self._timer = self.means.multi.at(monotonic() + lookup.PATIENCE, late)
        tell = self.means.multi.tell
        lookup.aside(check, lambda found: tell(partial(self._step, self._open, asked, found)))

    def _open(self, asked: Question, found: Sequence[Address] | Exception) -> None:
        self._timer.clear()
        if isinstance(found, Exception):
            raise _unknown(found)
        speak = partial(self._step, self._speak, asked)
        self._opening = Opening(self.means.multi, found, asked, speak)
        self._opening.begin()

    def _speak(self, asked: Question, connection: socket | Exception | None) -> None:
        self._opening = None
        if isinstance(connection, Exception):
            raise connection
        self._handle = self.means.handle()
        self._handle.ask(asked, connection)
        self.means.speak(self._handle, partial(self._step, self._spoken, asked))

    def _spoken(self, asked: Question, number: int, said: str) -> None:
        """What libcurl was to do is done, or has failed with that number. A connection that was not kept is opened."""
        if self._handle and self._handle.lacks_connection:
            self._give()
            self._timer.clear()
            self._look_up(asked)
        elif number:
            raise failure(number, said)
        else:
            self.means.keep(asked.origin)
            self._end(None)

    def _late(self) -> None:
        raise failure(pycurl.E_OPERATION_TIMEDOUT, "")

    def _end(self, trouble: Exception | None) -> None:
        self._is_over, self._trouble = True, trouble
        self._timer.clear()
        self._leave()
        self.over(self)

    def _leave(self) -> None:
        leave, self.leave = self.leave, _nothing  # it refers to this
        leave()

    def _reply(self) -> Reply:
        try:
            if self._trouble:
                raise self._trouble
            assert self._handle
            assert self._asked
            return reply(self._handle.told(), self.url, self._asked.end)
        except httpx.RequestError as error:
            error.request = httpx.Request("GET", self.url.text)
            raise

    def _give(self) -> None:
        handle, self._handle = self._handle, None
        if handle:
            self.means.give(handle)


def _unknown(error: Exception) -> Exception:
    """What the look-up of a host has failed with, as over httpx; nothing was sent."""
    if not isinstance(error, OSError):
        return error
    failed = httpx.ConnectError(str(error))
    failed.__cause__ = error
    return failed
