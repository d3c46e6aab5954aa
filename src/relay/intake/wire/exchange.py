"""One GET and its answer, whatever library made them: all that polls, pages and redirects know of HTTP."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

from relay.intake.wire.address import WebAddress

Headers = Sequence[tuple[bytes, bytes]]
"""Names in lower case and values, as they are on the wire."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose body is read and inflated; ``end`` is the instant (``time.monotonic``) its request had until."""

    status: int
    reason: str
    url: WebAddress
    headers: Headers
    body: bytes = b""
    end: float = inf

    def raw(self, name: bytes) -> list[bytes]:
        """The values of a header, byte for byte, in their order."""
        return [value for other, value in self.headers if other == name]

    def text(self, name: bytes) -> str | None:
        """A header as one text (RFC 9110 §5.3), ``None`` where there is none."""
        found = self.raw(name)
        return ", ".join(map(_decoded, found)) if found else None

    def texts(self, name: bytes) -> list[str]:
        """Each value of a header as a text."""
        return [_decoded(value) for value in self.raw(name)]


class Getting(Protocol):
    """Whoever makes exchanges, under the guard and the deadline that they were made with."""

    @property
    def agent(self) -> str:
        """The User-Agent that requests bear where ``headers`` name none."""

    def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:
        """What ``url`` answers, a redirect or anything else, within ``left`` seconds; else ``httpx.RequestError``."""


Ended = tuple[Hashable, Reply | Exception]
"""What came of an exchange, after the key that it was started with: as ``Getting.get`` returns or raises it."""


class Exchanges(Protocol):
    """Many exchanges at once, driven by the one thread that calls ``done``; only ``wake`` is for any thread.

    ``wire.by_threads`` and ``wire.curl.over_multi`` have them.
    """

    @property
    def agent(self) -> str:
        """As ``Getting`` has it."""

    def start(self, key: Hashable, url: WebAddress, headers: Headers, left: float = inf) -> None:
        """Begin what ``Getting.get`` does; it never blocks, and whatever goes wrong is told by ``done``."""

    def done(self, seconds: float) -> Sequence[Ended]:
        """Those that have ended, in that order.

        It waits at most ``seconds`` for the first, less where ``wake`` is called, and not at all where none is begun.
        """

    def wake(self) -> None:
        """Whoever waits in ``done`` waits no longer; if nobody does, the next one will not."""

    def close(self) -> None:
        """Give up what has not ended."""


def _decoded(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
