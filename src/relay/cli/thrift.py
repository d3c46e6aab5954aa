"""How a process that lives for months keeps its memory: what is free is the system's again."""

import sys
from contextlib import suppress

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Of mallopt(3)."""
_LARGE = 128 * 1024
"""Bytes. What is larger comes from the system and goes back there, as glibc begins; by itself it soon takes megabytes
for small, and what threads leave free between two that are in use stays with the process."""
_ARENAS = 2
"""Each thread would take one of its own: sixteen on two cores, with holes in each."""


def begin() -> None:
    """Before there are threads; nothing, where the C library is another than glibc, or cannot be spoken to."""
    if sys.platform == "linux":
        with suppress(ImportError, OSError):
            _begin()


def _begin() -> None:
    import ctypes  # noqa: PLC0415  # some builds of Python have none

    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        for option, value in ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE)):
            set_option(option, value)
