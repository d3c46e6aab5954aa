"""A connection that has become something else than HTTP (RFC 9110, 7.8), for whoever asked for that.

Its steps take seconds, as httpcore's interface has it, where within a request the number is an instant.
"""

from collections.abc import Mapping
from ssl import SSLContext
from time import monotonic
from typing import Any

import httpcore


def in_seconds(extensions: Mapping[str, Any]) -> dict[str, Any]:
    """An answer's extensions as they may leave: an upgraded stream among them counts in seconds."""
    stream = extensions.get("network_stream")
    return {**extensions, "network_stream": _InSeconds(stream)} if stream is not None else dict(extensions)


class _InSeconds(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _instant(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _instant(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _InSeconds(self._stream.start_tls(ssl_context, server_hostname, _instant(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _instant(seconds: float | None) -> float | None:
    return None if seconds is None else monotonic() + seconds
