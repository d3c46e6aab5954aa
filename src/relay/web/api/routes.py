"""The addresses of the API, made of its operations; whatever else is asked for beneath it is answered in its way."""

import sys

import msgspec
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from relay.web.api import problem
from relay.web.api.answering import endpoint
from relay.web.api.openapi import ROOT, document
from relay.web.api.operations import OPERATIONS
from relay.web.api.problem import Problem

_UNLIMITED = Middleware(RequestBodyLimitMiddleware, max_body_size=sys.maxsize)
"""The limit is in ``answering``: it is said as a problem, where the application's is bare text."""
ALL = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def routes() -> list[Route]:
    """Those of the operations, of their documentation, and one for every address that there is not."""
    own = [
        Route(f"{ROOT}{one.path}", endpoint(one), methods=[one.method], middleware=[_UNLIMITED] if one.takes else None)
        for one in OPERATIONS
    ]
    return [Route(f"{ROOT}/openapi.json", documentation), *own, Route("/api/{path:path}", nothing, methods=ALL)]


def documentation(request: Request) -> Response:  # noqa: ARG001  # it is the same for everybody
    """What there is, for programs; no token is needed to read it."""
    return Response(written(), media_type="application/json")


def written() -> bytes:
    """The document, as it is served and as it stands in the documentation."""
    return msgspec.json.format(msgspec.json.encode(document(OPERATIONS), order="sorted"), indent=2) + b"\n"


def nothing(request: Request) -> Response:
    """404, or 405 where the address is right."""
    matching = [route for route in request.app.routes if isinstance(route, Route) and route.path.startswith(ROOT)]
    known = (route.methods or set() for route in matching if route.matches(request.scope)[0] is Match.PARTIAL)
    methods = sorted({method for some in known for method in some})
    if methods:
        return problem.of_error(request, Problem(405, "method", {"Allow": ", ".join(methods)}))
    return problem.of_error(request, Problem(404, "not_found"))
