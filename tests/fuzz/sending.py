"""One request on a line of its own, and what is wrong with what comes back."""

import logging
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from time import monotonic
from urllib.parse import urlsplit

from tests.fuzz.attempts import Attempt

PATIENCE = 5.0
"""Seconds after which a request counts as one that hangs."""
LEAK = re.compile(rb"Traceback \(most recent|site-packages|File &#34;/|File \"/|sqlalchemy\.|sqlite3\.|[a-z]\.py\b")
"""What only a program's own insides look like."""
LATER = {("POST", "/websub/{token}"), ("GET", "/health")}
"""Where 503 is meant: no more room for pushes now, and loops that have not run (tests/edges/test_websub_callback.py)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` is 0 where there is none; ``why`` what the line said then."""

    status: int
    body: bytes
    seconds: float
    why: str = ""


@dataclass
class Heard(logging.Handler):
    """What the server's own log says of errors."""

    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.ERROR)

    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it with the end of its trace."""
        self.lines.append(logging.Formatter("%(message)s").format(record)[-900:])


@contextmanager
def listening() -> Iterator[Heard]:
    """To the server's log, for as long as this lasts."""
    heard, own = Heard(), logging.getLogger("uvicorn.error")
    own.addHandler(heard)
    yield heard
    own.removeHandler(heard)


def send(url: str, attempt: Attempt, patience: float = PATIENCE) -> Answer:
    """Write it as it is, and read what comes."""
    place, began = urlsplit(url), monotonic()
    try:
        with socket.create_connection((place.hostname or "", place.port or 80), patience) as line:
            _write(line, attempt)
            status, body = _read(line, attempt)
        return Answer(status, body, monotonic() - began)
    except (OSError, HTTPException) as error:
        return Answer(0, b"", monotonic() - began, f"{type(error).__name__}: {error}")


def _write(line: socket.socket, attempt: Attempt) -> None:
    """A server may answer, and hang up, before it has heard it all."""
    try:
        line.sendall(attempt.written)
        if attempt.is_cut:
            line.shutdown(socket.SHUT_WR)
    except (BrokenPipeError, ConnectionResetError):
        pass


def _read(line: socket.socket, attempt: Attempt) -> tuple[int, bytes]:
    """A stream of events does not end: its head is enough."""
    with HTTPResponse(line, method=attempt.method) as response:
        response.begin()
        is_stream = response.headers.get_content_type() == "text/event-stream"
        return response.status, b"" if is_stream else response.read()


def wrong(attempt: Attempt, answer: Answer, patience: float = PATIENCE) -> str:
    """What must not be, empty where all is well."""
    if answer.seconds > patience or "timed out" in answer.why:
        return f"no end of it in {patience:g} s"
    if answer.status == 0:
        return "" if attempt.is_cut else f"no answer ({answer.why})"
    if answer.status >= 500 and not (answer.status == 503 and attempt.route in LATER):
        return f"status {answer.status}"
    leak = LEAK.search(answer.body)
    return f"tells of its insides: {answer.body[max(0, leak.start() - 60) : leak.end() + 60]!r}" if leak else ""
