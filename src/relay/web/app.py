"""Editors' pages, subscribers' feeds and the API: one application."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from relay.web import live, unwritten
from relay.web.api import problem as problem_of_program
from relay.web.api.budget import Budget
from relay.web.collected import Collected
from relay.web.counter import Counter
from relay.web.house import House
from relay.web.office import Office
from relay.web.pages import problem
from relay.web.readers import limit
from relay.web.security import Guarded
from relay.web.serving.freshness import Freshness
from relay.web.serving.hatch import Hatch
from relay.web.serving.shelf import Shelf
from relay.web.serving.stock import Stock
from relay.web.signing.discovery import Discovery

LARGEST_FORM = 64 * 1024
"""Bytes of a request's body; a cross-post has a few hundred."""


def create(office: Office) -> House:
    """The application; all it needs is in ``office``."""
    stock, freshness = Stock(), Freshness(office.db, office.clock)
    shelf = Shelf(stock, freshness, office.public_url)
    app = House(
        middleware=[
            Middleware(Counter, shelf=shelf),
            Middleware(Guarded, public_url=office.public_url, refused=_other_site),
            limit(LARGEST_FORM),
            Middleware(Collected),
        ],
        exception_handlers={
            HTTPException: _problem,
            ClientDisconnect: _left,
            OSError: _of_machine,
            SQLAlchemyError: _of_machine,
            Exception: _problem,
        },
    )
    app.state.office, app.state.budget, app.state.live = office, Budget(), live.Live(office)
    app.state.behind, app.state.discovery = ThreadPoolExecutor(2, "letters"), Discovery()
    app.state.stock, app.state.freshness, app.state.shelf, app.state.hatch = stock, freshness, shelf, Hatch(shelf)
    return app


def _problem(request: Request, error: Exception) -> Response:
    """To programs in their way, to people on a page."""
    is_program = request.url.path.startswith("/api/")
    return problem_of_program.of_error(request, error) if is_program else problem(request, error)


def _left(request: Request, error: Exception) -> Response:  # noqa: ARG001  # as Starlette calls it
    """Who hangs up before a form is all there: nobody reads the answer, and the log has nothing to tell."""
    return Response(status_code=408)


def _of_machine(request: Request, error: Exception) -> Response:
    """A disk that is full, and what is like it, is said as such; of anything else the server's log has it all."""
    office: Office = request.app.state.office
    ailing = office.ails(error)
    if ailing is None:
        raise error
    is_program = request.url.path.startswith(("/api/", "/websub/", "/hub"))
    return unwritten.to_program(request, ailing) if is_program else unwritten.to_person(request, ailing)


async def _other_site(scope: Scope, receive: Receive, send: Send) -> None:
    """The answer to a form that another site sent."""
    response = await run_in_threadpool(problem, Request(scope), HTTPException(403, "other_site"))
    await response(scope, receive, send)
