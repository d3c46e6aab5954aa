"""What a document may take of the machine, and what is said of one that takes more."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """Seconds of processor time and by the clock; bytes of memory beyond those of an idle process, and of the result.

    The processor's seconds are whole ones: the kernel counts no finer (RLIMIT_CPU).
    """

    processor: int
    clock: float
    memory: int
    result: int


DOCUMENT = Allowance(processor=5, clock=10.0, memory=512 * 1024**2, result=24 * 1024**2)
PICTURE = Allowance(processor=20, clock=30.0, memory=1024**3, result=8 * 1024**2)
"""Of a camera: forty million pixels, unfolded, turned and drawn anew."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was read of a document; ``why`` goes on where a sentence begins with what it is: "This document".

    ``is_deadly``: the process that read it is no more, and it was the document's doing.
    """

    why: str
    is_deadly: bool


def too_long(allowance: Allowance) -> Failed:
    """It was still being read when its time was over."""
    return Failed(f"took more than {allowance.clock:.0f} seconds to read", is_deadly=True)


def starved(seconds: float) -> Failed:
    """The machine had no time for it: nothing is known of the document."""
    return Failed(f"could not be read within {seconds:.0f} seconds: the machine is too busy", is_deadly=False)


def unread(error: OSError) -> Failed:
    """The machine gave no process to read it in."""
    why = error.strerror or str(error)
    return Failed(f"could not be read: this machine starts no process to read it in ({why})", is_deadly=False)


def too_busy(allowance: Allowance) -> Failed:
    """The kernel has ended the process."""
    return Failed(f"took more than {allowance.processor} seconds of processor time to read", is_deadly=True)


def too_big(allowance: Allowance) -> Failed:
    """There was no more memory to be had."""
    return Failed(f"took more than {allowance.memory // 1024**2} MB of memory to read", is_deadly=True)


def too_much(allowance: Allowance) -> Failed:
    """What was read of it is not taken."""
    return Failed(f"unfolds to more than {allowance.result // 1024**2} MB", is_deadly=True)


def ended(how: str) -> Failed:
    """The process has crashed, or somebody has ended it."""
    return Failed(f"ended the process that read it ({how})", is_deadly=True)
