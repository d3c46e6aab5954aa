"""Who may look into whom: what reads strangers' documents is of relay's own user, and must see nothing of relay."""

import ctypes
import struct
from pathlib import Path

_DUMPABLE = 4
"""Of prctl(2)."""
_VERSION = 0x20080522
_KEPT = 0b110
"""To read what others may not (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH): libraries may lie where only root comes."""


def hide() -> None:
    """No process of the same user reads this one's memory, environment and open files, and no core file has them."""
    none = ctypes.c_ulong(0)
    ctypes.CDLL(None).prctl(_DUMPABLE, none, none, none, none)


def weaken() -> None:
    """Of root this process keeps the right to read files: with the others it would look into relay all the same."""
    had = _rights()
    if had & ~_KEPT:  # systemd ends who asks for it, where there is nothing to give up
        kept = had & _KEPT
        ctypes.CDLL(None).capset(struct.pack("=Ii", _VERSION, 0), struct.pack("=6I", kept, kept, 0, 0, 0, 0))


def _rights() -> int:
    """As capabilities(7) numbers them."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1], 16) for line in lines if line.startswith("CapPrm:"))
