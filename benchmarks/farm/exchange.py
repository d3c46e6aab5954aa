"""One request and its answer, as the publisher wrote them down."""

from dataclasses import dataclass
from datetime import datetime

from benchmarks.farm.answers import Answer


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; names of headers are in lower case, values untouched."""

    method: str
    host: str
    target: str
    headers: dict[bytes, bytes]

    @property
    def conditions(self) -> tuple[bytes | None, bytes | None]:
        """``If-None-Match`` and ``If-Modified-Since``."""
        return self.headers.get(b"if-none-match"), self.headers.get(b"if-modified-since")


@dataclass(frozen=True, slots=True)
class Exchange:
    """``at`` is the simulated instant, ``began`` and ``ended`` are of ``time.monotonic``.

    ``site`` is the publisher's number, ``hop`` which of its addresses it was; ``None`` for one that nobody has.
    ``is_whole``: the asker took everything that was said. The answer is without its body, which had ``size`` bytes.
    """

    at: datetime
    began: float
    ended: float
    request: Request
    site: int | None
    hop: int
    answer: Answer
    size: int
    is_whole: bool = False

    @property
    def address(self) -> str:
        """What was asked for, without scheme and port."""
        return self.request.host + self.request.target
