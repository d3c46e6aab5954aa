"""The addresses that subscribers, hubs and watchers ask at, all day long."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from relay.web import documents, feeds, hub, websub
from relay.web.health import health
from relay.web.serving.answer import Found, answer

STATIC = Path(__file__).with_name("static")


def limit(size: int) -> Middleware:
    """Of a request's body, in bytes; the limit of a route takes the place of that of the whole application."""
    return Middleware(RequestBodyLimitMiddleware, max_body_size=size)


def static(request: Request) -> Response:
    """The style sheet and the script."""
    file = documents.find(STATIC, request.path_params["path"])
    return answer(request, request.app.state.stock, Found(file, feeds.ready(request, file), {}, "no-cache"))


READERS = (
    Route("/feeds/", feeds.listing),
    Route("/feeds/{name}.opml", feeds.list_of),
    Route("/feeds/{feed}", feeds.folder),
    Route("/feeds/{feed}/{path:path}", feeds.document),
    Route("/hub", hub.ask, methods=["POST"], middleware=[limit(hub.LARGEST_REQUEST)]),
    Route("/websub/{token}", websub.verify),
    Route("/websub/{token}", websub.take, methods=["POST"], middleware=[limit(websub.LARGEST_PUSH)]),
    Route("/health", health),
    Route("/static/{path:path}", static),
)
"""None of them is beneath another's address."""
