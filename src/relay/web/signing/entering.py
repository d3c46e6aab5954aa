"""What every way in ends with: a session, or the page of sign-in with a sentence."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from relay.core.people import Editor
from relay.core.signing.wrong import Wrong
from relay.web.auth import admit
from relay.web.office import Office
from relay.web.pages import page
from relay.web.ways import offered

STATUS = {Wrong.WAIT: 429}


def entered(request: Request, editor: Editor, way: str) -> Response:
    """In, and on to the review."""
    return admit(request, RedirectResponse("/review", 303), editor, way)


def refused(request: Request, wrong: Wrong, typed: str = "") -> Response:
    """The page again, saying why not."""
    return door(request, STATUS.get(wrong, 403), wrong=wrong, typed=typed)


def door(request: Request, status: int = 200, **values: Any) -> Response:
    """The page of sign-in."""
    office: Office = request.app.state.office
    return page(request, "sign_in.html.j2", status, **{**offered(office), **values})
