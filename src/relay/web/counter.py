"""The counter in front of all rooms: subscribers whose answer stands ready have it without asking further."""

from starlette.types import ASGIApp, Receive, Scope, Send

from relay.web.serving.shelf import Shelf

_METHODS = frozenset({"GET", "HEAD"})


class Counter:
    """Answers from ``shelf`` where it can; anything else is for ``app``."""

    def __init__(self, app: ASGIApp, shelf: Shelf) -> None:
        self._app = app
        self._shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_question = scope["type"] == "http" and scope["method"] in _METHODS
        answer = self._shelf.take(scope) if is_question else None
        if answer is None:
            await self._app(scope, receive, send)
            return
        status, headers, body = answer
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
