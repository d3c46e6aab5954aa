"""Ports for servers that are told theirs before they start."""

import secrets
import socket
from contextlib import suppress

LOOPBACK = "127.0.0.1"
_FIRST, _LAST = 10_000, 32_000
"""Below those that systems give to connections of their own accord (Linux: 32768 and above): none is taken meanwhile."""


def free_port() -> int:
    """A port of loopback where nobody listens; by chance, for several pytest may look for one at once."""
    while True:
        port = _FIRST + secrets.randbelow(_LAST - _FIRST)
        with socket.socket() as probe, suppress(OSError):
            probe.bind((LOOPBACK, port))
            return port
