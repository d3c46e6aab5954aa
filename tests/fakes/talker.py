"""A server that says what it is told to say, line by line, and then hangs up."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress


@contextmanager
def talking(lines: Sequence[bytes]) -> Iterator[str]:
    """One conversation on loopback, at the ``host:port`` that is given: a line, then one of the other side's, …"""
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=_converse, args=(door, lines))
        thread.start()
        yield f"127.0.0.1:{door.getsockname()[1]}"
        thread.join(10)


def _converse(door: socket.socket, lines: Sequence[bytes]) -> None:
    door.settimeout(10)
    with suppress(OSError):
        there, _ = door.accept()
        with there, there.makefile("rb") as heard:
            for line in lines:
                there.sendall(line + b"\r\n")
                heard.readline()
