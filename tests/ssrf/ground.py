"""A network in which every address there is stands on this machine, so that a connection anywhere arrives and is seen.

It is made in a namespace of its own (``unshare --net --mount``): nothing of it is there outside, and nothing gets out.
"""

import socket
import subprocess
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from relay.intake.wire.guard import Resolve, resolve
from tests.ssrf import names
from tests.ssrf.outside import PUBLIC, host

PORTS = (80, 443, 22, 25, 3128, 6379, 8080)
"""Where somebody listens, at every address. Connections to other ports are counted by the kernel."""
WEB = 80
_SETTLED = 0.5
"""Seconds in which a connection that the kernel has made is taken up."""


@dataclass(slots=True)
class Ground:
    """What ``World`` is within a process, where the kernel is the judge; look-ups are the system's own."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    location: str = ""
    status: int = 302
    connects: list[str] = field(default_factory=list)
    asked: int = 0
    resolve: Resolve = resolve
    documents: dict[str, bytes] = field(default_factory=dict)
    opened: int = 0

    def turn(self, name: str) -> list[str] | None:
        """The next answer for ``name``."""
        self.asked += 1
        turns = self.names.get(name)
        if turns is None:
            return None
        turns.append(turns.pop(0))
        return turns[-1]

    def settle(self) -> None:
        """Until every connection that the kernel has begun is among ``connects``; what arrived nowhere is there too."""
        begun, end = opens() - self.opened, monotonic() + _SETTLED
        while len(self.connects) < begun and monotonic() < end:
            sleep(0.002)
        self.connects += ["a port at which nobody listens"] * (begun - len(self.connects))

    def clear(self) -> None:
        """Forget all connections."""
        self.settle()
        self.connects.clear()
        self.opened = opens()

    @property
    def escapes(self) -> list[str]:
        """Connections to anything but the public host."""
        self.settle()
        return [one for one in self.connects if one != PUBLIC]


def opens() -> int:
    """How many connections this network's machine has begun: the kernel's own count (RFC 4022, tcpActiveOpens)."""
    lines = Path("/proc/self/net/snmp").read_text(encoding="ascii").splitlines()
    keys, values = (line.split() for line in lines if line.startswith("Tcp:"))
    return int(values[keys.index("ActiveOpens")])


def raised(folder: Path) -> Ground:
    """The network, its name server and its hosts; this process must be in namespaces of its own."""
    ground = Ground()
    told = folder / "resolv.conf"
    told.write_text("nameserver 127.0.0.1\noptions timeout:2 attempts:1\n", encoding="ascii")
    for command in (
        "ip link set lo up",
        "ip route add local default dev lo",
        "ip -6 route add local default dev lo",
        f"mount --bind {told} /etc/resolv.conf",
    ):
        subprocess.run(command.split(), check=True, capture_output=True)
    names.serve(ground.turn)
    for port in PORTS:
        _listen(ground, socket.AF_INET, ("0.0.0.0", port))  # noqa: S104  # every address is what is wanted
        _listen(ground, socket.AF_INET6, ("::", port))
    return ground


def _listen(ground: Ground, family: socket.AddressFamily, place: tuple[str, int]) -> None:
    class Everywhere(ThreadingHTTPServer):
        address_family = family
        request_queue_size = 512

        def server_bind(self) -> None:
            if family == socket.AF_INET6:
                self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            self.socket.bind(place)
            self.server_address = place

        def get_request(self) -> tuple[socket.socket, object]:
            taken, whom = super().get_request()
            ground.connects.append(str(taken.getsockname()[0]))
            return taken, whom

        def verify_request(self, *_: object) -> bool:
            return place[1] == WEB  # elsewhere nothing is said: what speaks TLS would wait for an answer

    server = Everywhere(place, host(ground))
    Thread(target=server.serve_forever, args=(60,), daemon=True).start()
