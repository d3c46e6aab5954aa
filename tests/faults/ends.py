"""The far ends of a run: a line for each account, each behind a door of its own."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.fakes.wire import Wire
from tests.faults.doors import Door, reset
from tests.faults.kinds import Kind, Plan
from tests.faults.line import Line
from tests.faults.rows import Row
from tests.faults.speaking import speak
from tests.faults.tunnel import pass_on, served

_OUTAGE = timedelta(seconds=40)
"""For so long, times the faults in a row, a server cannot be reached."""


@dataclass(slots=True)
class End:
    """One account's far end. ``opens_at`` is when a server that cannot be reached is there again."""

    name: str
    line: Line
    door: Door
    opens_at: datetime | None = None
    wire: Wire | None = None
    _greeted: int = 0

    def pass_time(self) -> None:
        """What is to happen by now happens."""
        self.line.pass_time()
        if self.opens_at and self.opens_at <= self.line.clock():
            self.opens_at = None
            self.line.struck += 1
            self.door.open()

    def moments(self) -> list[datetime]:
        """When something is going to happen."""
        return [moment for moment, _ in self.line.late] + ([self.opens_at] if self.opens_at else [])

    def settle(self) -> None:
        """Wait until what was asked is done."""
        if self.wire:
            self.wire.settle()
        end = time.monotonic() + 10
        while self.line.busy and time.monotonic() < end:
            time.sleep(0.002)

    def serve(self, connection: socket.socket) -> None:
        """One connection."""
        if self.door.tls and self._is_cut_early():
            connection.recv(64)
            reset(connection) if self.line.plan.variant & 2 else None
            return
        if self.door.tls is None:
            self._spoken(connection)
            return
        with self.door.tls.wrap_socket(connection, server_side=True) as secured:
            self._spoken(secured)

    def _is_cut_early(self) -> bool:
        """In every fourth account it is the greeting that is cut."""
        plan = self.line.plan
        if plan.variant % 4:
            return False
        self._greeted += 1
        return self._greeted <= plan.row

    def _spoken(self, connection: socket.socket) -> None:
        if self.wire:
            pass_on(self.line, connection, int(self.wire.url.rpartition(":")[2]))
        else:
            speak(self.line, self.door, connection)


@contextmanager
def opened(
    cases: Sequence[tuple[str, Row, Plan]], clock: Callable[[], datetime], tls: ssl.SSLContext
) -> Iterator[list[End]]:
    """All of them, at work."""
    with ExitStack() as stack:
        yield [_opened(stack, case, clock, tls) for case in cases]


def _opened(stack: ExitStack, case: tuple[str, Row, Plan], clock: Callable[[], datetime], tls: ssl.SSLContext) -> End:
    name, row, plan = case
    line = Line(row, plan, clock)
    end = End(name, line, Door(tls if plan.kind is Kind.TLS_CUT else None))
    end.door.serve = end.serve
    stack.callback(end.door.close)
    if row.speaks != "http":
        end.wire = stack.enter_context(served(line))
    if plan.kind is Kind.REFUSED:
        end.opens_at = line.gone_until = clock() + _OUTAGE * plan.row
    if plan.kind is not Kind.REFUSED or _goes_later(end):
        end.door.open()
    return end


def _goes_later(end: End) -> bool:
    """Whether it is there until it has been asked something."""
    return end.line.row.asks and bool(end.line.plan.variant & 1)
