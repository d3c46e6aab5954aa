"""What is answered where the machine is in the way: what it is, when to come back, and the words that were typed."""

from collections.abc import Mapping

import anyio.from_thread
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from relay.core.ailment import Ailing
from relay.publish.templates import templates
from relay.web import security
from relay.web.api import problem
from relay.web.office import Office
from relay.web.pages import language
from relay.web.words import speaker

AGAIN = 30
"""Seconds after which it is worth trying again."""
KEPT = frozenset({"review", "queue", "schedule", "handles", "stop", "resume", "sources", "questions", "keys"})
"""Rooms whose forms are given back with what was typed: no password or token is typed there."""
_FIELDS = 600


def to_program(request: Request, ailing: Ailing) -> Response:
    """503 with a sentence (RFC 9457)."""
    error = problem.Problem(503, "machine", {"Retry-After": str(AGAIN)}, why=told(ailing, problem.language(request)))
    return problem.of_error(request, error)


def to_person(request: Request, ailing: Ailing) -> Response:
    """503 with a page that asks nothing of what is broken; a form is on it again, to be sent once more."""
    office: Office = request.app.state.office
    tongue = language(request)
    typed = _typed(request)
    values = {"w": speaker(tongue), "language": tongue, "why": told(ailing, tongue)}
    values |= {"typed": typed, "to": _own_address(request)}
    answer = HTMLResponse(templates("relay.web").get_template("unwritten.html.j2").render(values), 503)
    answer.headers["Retry-After"] = str(AGAIN)
    security.complete(answer.headers, office.public_url)
    return answer


def told(ailing: Ailing, tongue: str) -> str:
    """Which of relay's places, what is wrong with it, and what to do."""
    w = speaker(tongue)
    return w(f"machine.{ailing.what}", place=w(f"machine.place.{ailing.place}"))


def _typed(request: Request) -> Mapping[str, list[str]]:
    """The fields of a form, by name; empty for what was no form, or is not to be shown."""
    room = request.url.path.split("/")[1]
    if request.method != "POST" or room not in KEPT:
        return {}
    try:
        form = anyio.from_thread.run(_form, request)
    except (HTTPException, RuntimeError):
        return {}
    return {name: [one for one in form.getlist(name) if isinstance(one, str)] for name in form}


async def _form(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=_FIELDS)


def _own_address(request: Request) -> str:
    """One slash: what begins with two would be another site's address."""
    path, query = f"/{request.url.path.lstrip('/')}", request.url.query
    return f"{path}?{query}" if query else path
