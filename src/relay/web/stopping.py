"""The emergency stop over HTTP: a page with one form, to stop everything or to let it go on."""

from starlette.requests import Request
from starlette.responses import Response

from relay.core.people import Editor
from relay.core.review import oversight
from relay.core.review.moving import Refusal
from relay.pipeline import stopping
from relay.web.auth import MEANS, signed_in
from relay.web.office import Office
from relay.web.pages import page, see
from relay.web.review import read_form

DID = {"begun": "stop.begun", "lifted": "stop.lifted"}
"""What the address of the page says has just been done → its words."""


def show(request: Request) -> Response:
    """The way to stop everything, or to lift the stop."""
    return _shown(request, signed_in(request))


def stop(request: Request) -> Response:
    """Stop everything."""
    office: Office = request.app.state.office
    editor, reason = signed_in(request), read_form(request).get("reason", "")
    try:
        stopping.stop(office.db, (editor, MEANS), reason, office.clock())
    except Refusal as refusal:
        return _shown(request, editor, str(refusal), reason)
    return see("/stop", did="begun")


def resume(request: Request) -> Response:
    """Let everything go on."""
    office: Office = request.app.state.office
    editor = signed_in(request)
    try:
        stopping.resume(office.db, office.desk, (editor, MEANS), office.clock())
    except Refusal as refusal:
        return _shown(request, editor, str(refusal))
    office.nudge()
    return see("/stop", did="lifted")


def _shown(request: Request, editor: Editor, refused: str = "", reason: str = "") -> Response:
    rights = {
        "may_stop": editor.role in oversight.MAY_STOP,
        "may_export": editor.role in oversight.MAY_EXPORT,
        "done": DID.get(request.query_params.get("did", ""), ""),
    }
    may_try = editor.role in oversight.MAY_STOP
    status = 200 if not refused else 409 if may_try else 403
    return page(request, "stop.html.j2", status, refused=refused, reason=reason, **rights)
