"""How far long work is: one line on a terminal, rewritten in place, and nothing at all in a file or a pipe."""

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Tell = Callable[[str], None]
"""One more is done, by this name."""

_TO_THE_END = "\x1b[K"
"""Erases the rest of the line (ECMA-48, EL)."""


@contextmanager
def progress(what: str, total: int | None = None, to: TextIO | None = None) -> Iterator[Tell]:
    """``what: 3 of 40, cget`` while the block runs; the line is gone at its end, so that the result stands alone."""
    stream = sys.stderr if to is None else to
    if not stream.isatty():
        yield lambda _: None
        return
    done, turn = 0, threading.Lock()

    def tell(name: str) -> None:
        nonlocal done
        with turn:  # sources are asked side by side
            done += 1
            number = f"{done} of {total}" if total else str(done)
            _write(stream, f"{what}: {number}, {name}")

    _write(stream, f"{what}…")
    try:
        yield tell
    finally:
        _write(stream, "")


def _write(stream: TextIO, line: str) -> None:
    width = shutil.get_terminal_size().columns - 1
    stream.write(f"\r{line[:width]}{_TO_THE_END}")
    stream.flush()
