"""A form is whole before a page works on it: pages run in threads, and whoever sends slowly must hold none of them."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from relay.web.security import HUB, PROGRAMS, SAFE


class Collected:
    """Reads the body of each form first. What programs send has bounds of its own, and is read by no thread."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on one request; none that was broken off before it was whole."""
        if scope["type"] != "http" or scope["method"] in SAFE or scope["path"].startswith((HUB, *PROGRAMS)):
            await self._app(scope, receive, send)
            return
        body = await _whole(receive)
        if body is not None:
            await self._app(scope, _again(body, receive), send)


async def _whole(receive: Receive) -> bytes | None:
    """All of it; ``None`` where its sender has gone."""
    body, is_more = bytearray(), True
    while is_more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """As if it came now, in one part; what is received after it is what really comes."""
    waiting = [body]

    async def told() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return told
