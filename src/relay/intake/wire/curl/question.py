"""A GET as libcurl is told of it: by relay's own reading of the address, not by libcurl's."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import httpx

from relay.intake.wire.address import WebAddress
from relay.intake.wire.exchange import Headers


@dataclass(slots=True)
class Question:
    """``origin`` is an address without a path; ``end`` the instant (``time.monotonic``) when all must be over.

    It is later where the thread that drives the exchange was away.
    """

    origin: str
    target: str
    host: str
    port: int
    headers: list[bytes]
    end: float

    @property
    def nowhere(self) -> str:
        """The address that libcurl believes it goes to (RFC 5737), so that it looks up no name.

        Hosts have 256 of them: it looks for a connection that is kept among those that go to the same.
        """
        return f"::192.0.2.{crc32(self.host.encode()) % 256}:"


def question(url: WebAddress, headers: Headers, usual: Mapping[bytes, bytes], end: float) -> Question:
    """What goes out: ``headers``, and of the ``usual`` lines, by their names, those that are not among them.

    ``httpx.UnsupportedProtocol`` for what is no address of the web, ``httpx.LocalProtocolError`` for a header that
    would cut the request in two.
    """
    if url.scheme not in {"http", "https"} or not url.host:
        raise httpx.UnsupportedProtocol("it is no address of the web (http:// or https://)")
    if url.port == 0:
        raise httpx.UnsupportedProtocol("0 is no port")
    own = {name: _line(name, value) for name, value in headers}
    lines = [*{b"host": b"host: " + url.place.encode(), **usual, **own}.values()]
    if url.user:
        lines.append(b"authorization: Basic " + b64encode(":".join(url.credentials).encode()))
    return Question(f"{url.scheme}://{url.place}/", url.target, url.host, url.port, lines, end)


def _line(name: bytes, value: bytes) -> bytes:
    if b"\n" in value or b"\r" in value or b"\0" in value:
        raise httpx.LocalProtocolError(f"the header {name.decode('latin-1')} holds the end of a line")
    return name + b": " + value
