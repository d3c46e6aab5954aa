"""How a poll may go: over libcurl, as the service has it, and over httpx. What polls promise holds on both."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from relay.intake.wire.curl.over_curl import polling
from relay.intake.wire.exchange import Getting
from relay.intake.wire.guard import Guard
from relay.intake.wire.over_httpx import OverHttpx
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client

Opening = Callable[[Guard, str | None, float], AbstractContextManager[Getting]]
"""A guard, a contact, a deadline in seconds → a way that waits for nobody."""


@contextmanager
def over_httpx(guard: Guard, contact: str | None = None, deadline: float = 30.0) -> Iterator[Getting]:
    with reading_client(guard, contact, deadline, Turns(gap=0)) as http:
        yield OverHttpx(http)


@contextmanager
def over_curl(guard: Guard, contact: str | None = None, deadline: float = 30.0) -> Iterator[Getting]:
    with polling(guard, contact, deadline, Turns(gap=0)) as way:
        yield way


WAYS = {"curl": over_curl, "httpx": over_httpx}
