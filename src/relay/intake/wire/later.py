"""Exchanges for polls, made ready by the first who asks: libcurl is 6 MB, and no source may be due for days."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from typing import TYPE_CHECKING

from relay.intake.once import Once
from relay.intake.wire.address import WebAddress
from relay.intake.wire.exchange import Exchanges, Headers, Reply
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Taking
from relay.intake.wire.transport import user_agent

if TYPE_CHECKING:
    from relay.intake.wire.curl.over_curl import OverCurl


class Later:
    """As ``OverCurl``; ``make`` is called once, and not after ``close``."""

    def __init__(self, agent: str, make: "Callable[[], OverCurl]") -> None:
        self.agent = agent
        self._made = Once(make)

    def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:
        """As ``Getting`` has it."""
        return self._made().get(url, headers, left)

    def many(self, at_once: int) -> Exchanges:
        """As that one has it."""
        return self._made().many(at_once)

    def close(self) -> None:
        """Close every connection that is not in use, for good: whoever asks from now on gets a RuntimeError."""
        if made := self._made.end():
            made.close()


@contextmanager
def polling(guard: Guard, contact: str | None, turns: Taking) -> Iterator[Later]:
    """As that of ``over_curl``."""

    def make() -> "OverCurl":
        from relay.intake.wire.curl import over_curl  # noqa: PLC0415

        return over_curl.polling(guard, contact, turns=turns)

    found = Later(user_agent(contact), make)
    try:
        yield found
    finally:
        found.close()
