"""A small server of the demo: an ASGI application on a free port of loopback, in a thread of its own.

uvicorn and Starlette, because the service itself is served by them: the demo needs nothing that relay has not,
and a far end that speaks HTTP as carefully as real ones do.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' http: https:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing but what these servers serve themselves, and the pictures of cards; no script in a page."""

_HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_FAREWELL = 2
"""Seconds for answers in flight when the end comes."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server at work. ``url`` has no slash at its end."""

    url: str
    _server: uvicorn.Server
    _thread: Thread

    def stop(self) -> None:
        """End it, and wait until it has ended. May be called twice."""
        self._server.should_exit = True
        self._thread.join()


LOOPBACK = ("127.0.0.1", 0)
"""Any free port."""


def run(application: Callable[[str], ASGIApp], listen: tuple[str, int] = LOOPBACK) -> Running:
    """Serve what ``application`` makes of the server's own address, on loopback; requests are taken from now on.

    Where ``listen`` is another host, as in a container whose ports are mapped, it is reached by loopback all the same.
    """
    try:
        listening = socket.create_server(listen)
    except OSError as error:
        raise OSError(error.errno, error.strerror, f"{listen[0]}:{listen[1]}") from error
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    config = uvicorn.Config(
        _guarded(application(url)),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_FAREWELL,
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, args=([listening],), name=f"demo {url}", daemon=True)
    thread.start()
    return Running(url, server, thread)


def _guarded(application: ASGIApp) -> ASGIApp:
    """The same application, every answer with the headers that keep its pages harmless."""
    lines = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *lines]
            await send(message)

        await application(scope, receive, answer)

    return guarded
