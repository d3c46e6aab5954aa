"""A name server (RFC 1035) that says what a test wants, by turns."""

import socket
import struct
from collections.abc import Callable
from ipaddress import IPv4Address, ip_address
from threading import Thread

PORT = 53
_A, _AAAA, _IN = 1, 28, 1
_ANSWER, _NO_SUCH_NAME = 0x8580, 0x8583

Turn = Callable[[str], list[str] | None]
"""The next answer of a name; ``None`` where there is no such name."""


def serve(turn: Turn) -> None:
    """On this machine's loopback, for as long as the process lives.

    One look-up asks for addresses of both kinds, IPv4 first (glibc): both get the answer of the same turn.
    """
    wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    wire.bind(("127.0.0.1", PORT))
    Thread(target=_serve, args=(wire, turn), daemon=True).start()


def _serve(wire: socket.socket, turn: Turn) -> None:
    told: dict[str, list[str] | None] = {}
    while True:
        question, whom = wire.recvfrom(4096)
        name, kind, end = _asked(question)
        if kind == _A or name not in told:
            told[name] = turn(name)
        wire.sendto(_answer(question[:2], question[12:end], told[name], kind), whom)


def _asked(question: bytes) -> tuple[str, int, int]:
    labels, at = [], 12
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode("latin-1"))
        at += 1 + length
    return ".".join(labels).lower(), int.from_bytes(question[at + 1 : at + 3], "big"), at + 5


def _answer(number: bytes, question: bytes, found: list[str] | None, kind: int) -> bytes:
    """Nothing may be kept: each lives for 0 seconds."""
    known = [ip_address(one) for one in found or ()]
    fitting = [one for one in known if kind == (_A if isinstance(one, IPv4Address) else _AAAA)]
    flags = _NO_SUCH_NAME if found is None else _ANSWER
    head = number + struct.pack(">HHHHH", flags, 1, len(fitting), 0, 0)
    rows = (b"\xc0\x0c" + struct.pack(">HHIH", kind, _IN, 0, len(one.packed)) + one.packed for one in fitting)
    return head + question + b"".join(rows)
