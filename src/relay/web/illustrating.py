"""The picture of one cross-post over HTTP: chosen among those of its entry, taken away, or said to need no words."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.crosspost import Crosspost
from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.core.review.transitions import ALLOWED, Event
from relay.pipeline import illustrating
from relay.pipeline.illustrating import Choice, Room
from relay.web.auth import signed_in
from relay.web.done import number
from relay.web.office import Office
from relay.web.pages import see
from relay.web.review import MEANS, Form, number_in, read_form, show_sheet

NONE = "none"

Step = Callable[[Office, int, tuple[Editor, str], Form], Crosspost]


def choose(request: Request) -> Response:
    """Another picture, or none: a new revision, that waits for its yes."""
    return _do(request, _choose)


def waive(request: Request) -> Response:
    """The picture needs no alternative text, and why."""
    return _do(request, _waive)


def _choose(office: Office, id: int, actor: tuple[Editor, str], form: Form) -> Crosspost:
    place = form.get("place", "")
    if place != NONE and number(place) is None:
        raise Refusal("Choose a picture, or none.")
    choice = Choice(number_in(form, "revision"), None if place == NONE else number(place))
    return illustrating.choose(_room(office), id, actor, choice, office.clock())


def _waive(office: Office, id: int, actor: tuple[Editor, str], form: Form) -> Crosspost:
    said = number_in(form, "revision"), form.get("why", "")
    return illustrating.waive(_room(office), id, actor, said, office.clock())


def _room(office: Office) -> Room:
    return Room(office.db, office.desk, office.reader)


def _do(request: Request, step: Step) -> Response:
    office: Office = request.app.state.office
    editor, form, id = signed_in(request), read_form(request), number(request.path_params["id"])
    if id is None:
        raise HTTPException(404)
    try:
        _check(editor)  # before anything is asked for on their behalf
        step(office, id, (editor, MEANS), form)
    except Refusal as refusal:
        status = 409 if editor.role in ALLOWED[Event.EDIT] else 403
        return show_sheet(request, editor, id, status, {"refused": str(refusal)})
    office.nudge()
    return see(f"/review/{id}", state=request.query_params.get("state"), done=id, did="picture")


def _check(editor: Editor) -> None:
    if editor.role not in ALLOWED[Event.EDIT]:
        raise Refusal(f"{editor.name} ({editor.role}) may not {Event.EDIT}.")
