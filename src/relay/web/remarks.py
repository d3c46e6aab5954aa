"""Comments over HTTP: said under a cross-post, and struck out by who said them."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.review.moving import Refusal
from relay.core.review.remark import MAY_REMARK
from relay.pipeline import remarks
from relay.web.auth import signed_in
from relay.web.done import number
from relay.web.office import Office
from relay.web.pages import see
from relay.web.review import MEANS, read_form, show_sheet


def add(request: Request) -> Response:
    """A comment: the sheet stays, and nobody's yes is touched."""
    office: Office = request.app.state.office
    editor, form, id = signed_in(request), read_form(request), _number(request, "id")
    text = form.get("remark", "")
    try:
        remarks.remark(office.db, id, (editor, MEANS), text, office.clock())
    except Refusal as refusal:
        status = 409 if editor.role in MAY_REMARK else 403
        return show_sheet(request, editor, id, status, {"refused": str(refusal), "remark": text})
    return _back(request, id, "remark")


def strike(request: Request) -> Response:
    """One's own comment is struck out."""
    office: Office = request.app.state.office
    editor, id, remark = signed_in(request), _number(request, "id"), _number(request, "remark")
    try:
        remarks.strike(office.db, id, (editor, MEANS), remark, office.clock())
    except Refusal as refusal:
        status = 409 if editor.role in MAY_REMARK else 403
        return show_sheet(request, editor, id, status, {"refused": str(refusal)})
    return _back(request, id, "struck")


def _back(request: Request, id: int, said: str) -> Response:
    response = see(f"/review/{id}", state=request.query_params.get("state"), said=said)
    response.headers["location"] += "#history"
    return response


def _number(request: Request, name: str) -> int:
    found = number(request.path_params[name])
    if found is None:
        raise HTTPException(404)
    return found
