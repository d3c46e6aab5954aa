"""Messages over a pipe: four bytes of length, then as many bytes."""

import os
import select
import struct
from time import monotonic

_HEAD = struct.Struct("!I")
_PIECE = 1024 * 1024
_SMALL = 64 * 1024
"""Bytes of a message that is copied, so that it goes at once with its length."""


class TooMuch(ValueError):
    """A message that is longer than whoever waits for it will take."""


def send(pipe: int, message: bytes, end: float | None = None) -> None:
    """Write it by ``end``, an instant of ``monotonic``; ``TimeoutError`` after that, ``OSError`` where nobody reads."""
    head = _HEAD.pack(len(message))
    for part in (head + message,) if len(message) <= _SMALL else (head, message):
        left = memoryview(part)
        while left:
            left = left[_written(pipe, left[:_PIECE], end) :]


def _written(pipe: int, piece: memoryview, end: float | None) -> int:
    """How much of it; it is only waited where the pipe is full."""
    try:
        return os.write(pipe, piece)
    except BlockingIOError:
        _wait(pipe, select.POLLOUT, end)
        return 0


def receive(pipe: int, most: int, end: float | None = None) -> bytes:
    """The next message, by ``end``; ``EOFError`` where the other side is gone, ``TooMuch`` beyond ``most`` bytes."""
    (length,) = _HEAD.unpack(_read(pipe, _HEAD.size, end))
    if length > most:
        raise TooMuch(length)
    return _read(pipe, length, end)


def _read(pipe: int, length: int, end: float | None) -> bytes:
    """One array takes it: of pieces of a byte or two each would be an object of its own, twenty times as large."""
    found = bytearray()
    while len(found) < length:
        found += _piece(pipe, min(length - len(found), _PIECE), end)
    return bytes(found)


def _piece(pipe: int, most: int, end: float | None) -> bytes:
    """What is there; nothing where it had to be waited for."""
    try:
        piece = os.read(pipe, most)
    except BlockingIOError:
        _wait(pipe, select.POLLIN, end)
        return b""
    if not piece:
        raise EOFError
    return piece


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
