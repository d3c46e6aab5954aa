"""Messages over a pipe: four bytes of length, then as many bytes."""

import os
import select
import struct
from time import monotonic

_HEAD = struct.Struct("!I")
_PIECE = 1024 * 1024


class TooMuch(ValueError):
    """A message that is longer than whoever waits for it will take."""


def send(pipe: int, message: bytes, end: float | None = None) -> None:
    """Write it by ``end``, an instant of ``monotonic``; ``TimeoutError`` after that, ``OSError`` where nobody reads."""
    for part in (_HEAD.pack(len(message)), message):  # a document is large: nothing of it is copied
        left = memoryview(part)
        while left:
            _wait(pipe, select.POLLOUT, end)
            left = left[os.write(pipe, left[:_PIECE]) :]


def receive(pipe: int, most: int, end: float | None = None) -> bytes:
    """The next message, by ``end``; ``EOFError`` where the other side is gone, ``TooMuch`` beyond ``most`` bytes."""
    (length,) = _HEAD.unpack(_read(pipe, _HEAD.size, end))
    if length > most:
        raise TooMuch(length)
    return _read(pipe, length, end)


def _read(pipe: int, length: int, end: float | None) -> bytes:
    read = bytearray()
    while len(read) < length:
        _wait(pipe, select.POLLIN, end)
        piece = os.read(pipe, min(length - len(read), _PIECE))
        if not piece:
            raise EOFError
        read += piece
    return bytes(read)


def is_readable(pipe: int, end: float) -> bool:
    """Whether there is something to read, or nobody to write it any more, by ``end``."""
    return _is_ready(pipe, select.POLLIN, end)


def _wait(pipe: int, event: int, end: float | None) -> None:
    """Until the pipe can be used; without an ``end`` the pipe itself waits."""
    if end is not None and not _is_ready(pipe, event, end):
        raise TimeoutError


def _is_ready(pipe: int, event: int, end: float) -> bool:
    waiting = select.poll()
    waiting.register(pipe, event)
    return bool(waiting.poll(max(0.0, end - monotonic()) * 1000))
