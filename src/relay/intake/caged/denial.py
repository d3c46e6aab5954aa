"""What a process that reads strangers' documents may never ask of the kernel: a filter of system calls (seccomp).

No connection, no other process nor a signal to one, no file that is written, made, changed, locked or removed, nothing
that processes share, and no key typed at a terminal. The numbers are those of Linux on two kinds of machine; on any
other, and in a program of 32 bits on these, there is no filter, and the limits alone hold.
"""

import ctypes
import platform
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
"""Of prctl(2)."""
_LOAD, _EQUAL, _AT_LEAST, _ANY_OF, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
"""Of the language of such filters (linux/bpf_common.h)."""
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13
"""Denied is answered as EACCES, which libraries know how to meet."""
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
"""Where these stand in what a filter is shown (struct seccomp_data)."""
_OTHER_NUMBERS = 0x40000000
"""Calls by the numbers of x32, which nobody makes by mistake."""
_WRITING = 0o3 | 0o100 | 0o1000
"""Flags of open(2): to write, to make, to cut."""
_OWNING = 0xFFFFFFFC
"""All of fcntl(2) but what is asked of a descriptor: locks, leases, and whom the kernel is to send a signal."""

_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_NEVER: Mapping[str, Sequence[int]] = {
    "x86_64": (
        *(41, 42, 43, 44, 46, 49, 50, 53, 288),  # socket, connect, accept, sendto, sendmsg, bind, listen, …
        *(56, 57, 58, 59, 322, 435),  # clone, fork, vfork, execve, execveat, clone3
        *(62, 200, 234, 129, 297, 101, 310, 311, 424, 434, 438, 440, 448),  # kill, …, rt_sigqueueinfo, ptrace, pidfd_*
        *(141, 142, 144, 203, 251, 256, 279, 312, 314),  # setpriority, sched_set*, ioprio_set, move_pages, kcmp
        *(76, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 133),  # truncate, rename, mkdir, …, chmod, chown, mknod
        *(258, 259, 260, 263, 264, 265, 266, 268, 316, 452, 425, 437),  # the same with a folder; io_uring, openat2
        *(132, 235, 261, 280, 188, 189, 190, 197, 198, 199, 463, 466),  # utime, …, setxattr, removexattr, …
        *(16, 73, 29, 64, 68, 240, 241),  # ioctl, flock, shmget, semget, msgget, mq_open, mq_unlink
        *(155, 161, 165, 166, 272, 308, 428, 429, 430, 431, 432, 433, 442),  # mount, …, chroot, unshare, setns
        *(248, 249, 250, 298, 304, 321, 323),  # keyctl, …, perf_event_open, open_by_handle_at, bpf, userfaultfd
    ),
    "aarch64": (
        *(198, 199, 200, 201, 202, 203, 206, 211, 242),
        *(220, 221, 281, 435),
        *(129, 130, 131, 138, 240, 117, 270, 271, 424, 434, 438, 440, 448),
        *(140, 118, 119, 122, 30, 238, 239, 272, 274),
        *(33, 34, 35, 36, 37, 38, 45, 52, 53, 54, 55, 276, 452, 425, 437),
        *(88, 5, 6, 7, 14, 15, 16, 463, 466),
        *(29, 32, 194, 190, 186, 180, 181),
        *(41, 51, 40, 39, 97, 268, 428, 429, 430, 431, 432, 433, 442),
        *(217, 218, 219, 241, 265, 280, 282),
    ),
}
_BY_BITS: Mapping[str, Sequence[tuple[int, int, int]]] = {
    "x86_64": (
        *((2, 1, _WRITING), (257, 2, _WRITING)),  # open, openat
        *((302, 0, 0xFFFFFFFF), (72, 1, _OWNING)),  # prlimit64 of others, fcntl
    ),
    "aarch64": ((56, 2, _WRITING), (261, 0, 0xFFFFFFFF), (25, 1, _OWNING)),
}
"""Calls that are denied where an argument, by its place, has any of these bits."""


class _Program(ctypes.Structure):
    """A filter as prctl takes it (struct sock_fprog)."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def deny() -> bool:
    """Put this process under the filter, for good; whether the kernel has taken it."""
    machine = platform.machine()
    if machine not in _MACHINES or sys.maxsize < 2**32:  # the kernel's own machine is not the program's
        return False
    steps = b"".join(_steps(machine))
    kept = ctypes.create_string_buffer(steps, len(steps))
    program = _Program(len(steps) // 8, ctypes.cast(kept, ctypes.c_void_p))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    none = ctypes.c_ulong(0)
    if prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), none, none, none) != 0:
        return False
    return bool(prctl(_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(program), none, none) == 0)


def _steps(machine: str) -> Iterator[bytes]:
    """The filter: each step names how many to leave out where what it asks is so, and where not."""
    yield _step(_LOAD, _MACHINE)
    yield _step(_EQUAL, _MACHINES[machine], so=1)
    yield _step(_RETURN, _DENY)
    yield _step(_LOAD, _NUMBER)
    for number in (*_NEVER[machine],):
        yield _step(_EQUAL, number, other=1)
        yield _step(_RETURN, _DENY)
    yield _step(_AT_LEAST, _OTHER_NUMBERS, other=1)
    yield _step(_RETURN, _DENY)
    for number, place, bits in _BY_BITS[machine]:
        yield _step(_EQUAL, number, other=4)
        yield _step(_LOAD, _ARGUMENTS + 8 * place)
        yield _step(_ANY_OF, bits, other=1)
        yield _step(_RETURN, _DENY)
        yield _step(_RETURN, _ALLOW)
    yield _step(_RETURN, _ALLOW)


def _step(code: int, value: int, so: int = 0, other: int = 0) -> bytes:
    return struct.pack("=HBBI", code, so, other, value)
