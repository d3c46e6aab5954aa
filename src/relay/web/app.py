"""Editors' pages and subscribers' feeds: every address there is."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from relay.web import (
    accounts,
    auth,
    counting,
    documents,
    feeds,
    handles,
    hub,
    picture,
    questions,
    review,
    sources,
    websub,
)
from relay.web.counter import Counter
from relay.web.health import health
from relay.web.office import Office
from relay.web.pages import page, problem
from relay.web.security import Guarded
from relay.web.serving.answer import Found, answer
from relay.web.serving.freshness import Freshness
from relay.web.serving.shelf import Shelf
from relay.web.serving.stock import Stock

STATIC = Path(__file__).with_name("static")
LARGEST_FORM = 64 * 1024
"""Bytes of a request's body; a cross-post has a few hundred."""


def create(office: Office) -> Starlette:
    """The application; all it needs is in ``office``."""
    stock, freshness = Stock(), Freshness(office.db, office.clock)
    shelf = Shelf(stock, freshness, office.public_url)
    app = Starlette(
        routes=[
            Route("/", home),
            Route("/c/{token}", door),
            Route("/c/{token}", auth.enter, methods=["POST"]),
            Route("/sign-out", auth.sign_out, methods=["POST"]),
            Route("/review", review.show),
            Route("/review/counts", review.counts),
            Route("/review/{id}", review.show),
            Route("/review/{id}/alt", picture.describe, methods=["POST"]),
            Route("/review/{id}/{action}", review.judge, methods=["POST"]),
            Route("/count", counting.count, methods=["POST"]),
            Route("/sources", sources.listing),
            Route("/sources/{source}", sources.show),
            Route("/sources/{source}/{remedy}", sources.remedy, methods=["POST"]),
            Route("/questions", questions.listing),
            Route("/questions/{id}/{word}", questions.judge, methods=["POST"]),
            Route("/pictures/{name}", picture.show),
            Route("/handles", handles.listing),
            Route("/handles", handles.add, methods=["POST"]),
            Route("/handles/{body}", handles.show),
            Route("/handles/{body}/{word}", handles.change, methods=["POST"]),
            Route("/accounts", accounts.listing),
            Route("/accounts/callback", accounts.back),
            Route("/accounts/callback", accounts.finish, methods=["POST"]),
            Route("/accounts/{account}/{word}", accounts.change, methods=["POST"]),
            Route("/feeds/", feeds.listing),
            Route("/feeds/{name}.opml", feeds.list_of),
            Route("/feeds/{feed}", feeds.folder),
            Route("/feeds/{feed}/{path:path}", feeds.document),
            Route("/hub", hub.ask, methods=["POST"], middleware=[_limit(hub.LARGEST_REQUEST)]),
            Route("/websub/{token}", websub.verify),
            Route("/websub/{token}", websub.take, methods=["POST"], middleware=[_limit(websub.LARGEST_PUSH)]),
            Route("/health", health),
            Route("/static/{path:path}", static),
        ],
        middleware=[
            Middleware(Counter, shelf=shelf),
            Middleware(Guarded, public_url=office.public_url, refused=_other_site),
            _limit(LARGEST_FORM),
        ],
        exception_handlers={HTTPException: problem, Exception: problem},
    )
    app.state.office = office
    app.state.stock, app.state.freshness, app.state.shelf = stock, freshness, shelf
    return app


def _limit(size: int) -> Middleware:
    """Of a request's body, in bytes; the limit of a route takes the place of that of the whole application."""
    return Middleware(RequestBodyLimitMiddleware, max_body_size=size)


def home(request: Request) -> Response:
    """On to the review, or how to sign in."""
    return RedirectResponse("/review", 303) if auth.editor_of(request) else page(request, "sign_in.html.j2")


def door(request: Request) -> Response:
    """One button: programs that follow links in messages only ever GET, and must not use the address up."""
    return page(request, "enter.html.j2")


def static(request: Request) -> Response:
    """The style sheet and the script."""
    file = documents.find(STATIC, request.path_params["path"])
    return answer(request, request.app.state.stock, Found(file, feeds.ready(request, file), {}, "no-cache"))


async def _other_site(scope: Scope, receive: Receive, send: Send) -> None:
    """The answer to a form that another site sent."""
    response = await run_in_threadpool(problem, Request(scope), HTTPException(403, "other_site"))
    await response(scope, receive, send)
