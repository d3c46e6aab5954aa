"""A transport of httpx whose requests ask in turn."""

from collections.abc import Callable, Iterator

import httpx

from relay.intake.wire.pace import Taking


class Paced(httpx.BaseTransport):
    """A transport whose requests wait for their turn, which lasts until the answer is read or given up."""

    def __init__(self, transport: httpx.BaseTransport, turns: Taking) -> None:
        self._transport, self._turns = transport, turns

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange, in turn."""
        end = self._turns.take(request.url.netloc.decode("ascii", "replace"))
        try:
            response = self._transport.handle_request(request)
        except BaseException:
            end()
            raise
        body = _Stream(response.stream, end)
        return httpx.Response(
            response.status_code, headers=response.headers, stream=body, extensions=response.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream, end: Callable[[], None]) -> None:
        assert isinstance(stream, httpx.SyncByteStream)
        self._stream, self._end = stream, end

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        try:
            self._stream.close()
        finally:
            self._end()
