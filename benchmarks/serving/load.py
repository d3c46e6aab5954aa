"""One server under load: requests a second, and what each costs the process that answers."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.cost import cpu
from benchmarks.serving import heads
from benchmarks.serving.blog import Server

CONNECTIONS = 16
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_COUNT = re.compile(r"(\d+) requests in")
_BAD = re.compile(r"(Non-2xx or 3xx responses: \d+|Socket errors: .*)")


@dataclass(frozen=True, slots=True)
class Figure:
    """``rate`` in requests a second, ``cost`` in CPU µs (user and system) of the server for one of them."""

    rate: float
    cost: float


def drive(server: Server, method: str, headers: Mapping[str, str], seconds: float) -> Figure:
    """Ask for some seconds, over connections that stay open: GET by wrk, HEAD by a loop of our own."""
    before = cpu(server.pid).own
    if method == "HEAD":
        count, took = heads.ask(server.url, headers, CONNECTIONS, seconds)
    else:
        count, took = _wrk(server, headers, seconds)
    return Figure(count / took, 1e6 * (cpu(server.pid).own - before) / count)


def _wrk(server: Server, headers: Mapping[str, str], seconds: float) -> tuple[int, float]:
    """How many answers came, and in how many seconds.

    ``SystemExit`` where wrk is not there, and where the server says anything but 2xx or 3xx.
    """
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("wrk drives the servers: apt install wrk")
    asked = [part for name, text in headers.items() for part in ("-H", f"{name}: {text}")]
    command = [program, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *asked, server.url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if bad := _BAD.search(said):
        raise SystemExit(f"{server.name}: {bad[1]}")
    rate, count = _RATE.search(said), _COUNT.search(said)
    assert rate, said
    assert count, said
    return int(count[1]), int(count[1]) / float(rate[1])
