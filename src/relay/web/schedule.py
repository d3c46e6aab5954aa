"""What leaves when: as a list by day, as a month, and the form that moves one."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.crosspost import Crosspost
from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.core.review.transitions import ALLOWED, Event
from relay.pipeline import planning
from relay.pipeline.planning import When
from relay.storage import crossposts
from relay.web import agenda, calendars, month, when
from relay.web.agenda import PERIOD, Agenda
from relay.web.auth import signed_in
from relay.web.done import number
from relay.web.office import Office
from relay.web.pages import language, page, see
from relay.web.review import MEANS, Form, number_in, read_form
from relay.web.roster import label


def listing(request: Request) -> Response:
    """Everything that is to leave, by day; or what has left, two weeks at a time."""
    office, asked = _asked(request)
    with office.db.read() as tx:
        found = _found(tx, request, asked)
        moved = number(request.query_params.get("moved", ""))
        flash = crossposts.get(tx, moved) if moved is not None else None
    view = "past" if "past" in request.query_params else "list"
    values: dict[str, Any] = {"found": found, "asked": asked, "label": label, "moved": flash, "view": view}
    return page(request, "schedule.html.j2", **_shared(office), **values)


def _found(tx: Connection, request: Request, asked: str) -> Agenda:
    """What the address asks for: a day, what is past, or what is to come."""
    office: Office = request.app.state.office
    query, tongue = request.query_params, language(request)
    if day := _day(query.get("day", "")):
        return agenda.of_day(tx, office, asked, day, tongue)
    if "past" in query:
        return agenda.past(tx, office, asked, _day(query.get("until", "")), tongue)
    return agenda.coming(tx, office, asked, number(query.get("after", "")) or 0, tongue)


def calendar(request: Request) -> Response:
    """A month, each day with what leaves on it and the slots that are free."""
    office, asked = _asked(request)
    with office.db.read() as tx:
        found = month.month(tx, office, asked, request.query_params.get("m", ""), language(request))
    return page(request, "calendar.html.j2", found=found, asked=asked, label=label, view="month", **_shared(office))


def show(request: Request) -> Response:
    """The form that moves one."""
    return _form(request, signed_in(request))


def move(request: Request) -> Response:
    """A time was chosen: on to the schedule, or why not, on the same page."""
    office: Office = request.app.state.office
    editor, id, form = signed_in(request), _id(request), read_form(request)
    try:
        _plan(office, editor, id, form)
    except Refusal as refusal:
        status = 409 if editor.role in ALLOWED[Event.EDIT] else 403
        return _form(request, editor, status, {"refused": str(refusal), **form})
    office.nudge()
    return see(f"/review/{id}") if form.get("back") == "review" else see("/schedule", moved=id)


def _plan(office: Office, editor: Editor, id: int, form: Form) -> Crosspost:
    """A button that names a slot, or none; else what stands in the boxes."""
    written = f"{form.get('date', '')} {form.get('time', '')}".strip()
    at = "" if "next" in form else form.get("slot") or written or "—"
    return planning.plan(
        office.db, office.desk, id, (editor, MEANS), When(number_in(form, "revision"), at), office.clock()
    )


def _form(request: Request, editor: Editor, status: int = 200, typed: Mapping[str, str] | None = None) -> Response:
    office: Office = request.app.state.office
    with office.db.read() as tx:
        one = crossposts.get(tx, _id(request))
        if one is None:
            raise HTTPException(404)
        choice = when.choice(tx, office.desk, editor, one, office.clock())
    shown = {"refused": "", "date": None, "time": None, **(typed or {})}
    values: dict[str, Any] = {"crosspost": one, "choice": choice, "typed": shown, "back": ""}
    return page(request, "moving.html.j2", status, label=label, **values, **_shared(office))


def _asked(request: Request) -> tuple[Office, str]:
    """Signed in, and the account that is asked for: one of ours, or empty for all."""
    office: Office = request.app.state.office
    signed_in(request)
    wanted = request.query_params.get("account", "")
    return office, wanted if wanted in office.desk.accounts else ""


def _shared(office: Office) -> dict[str, Any]:
    spans = {"period": PERIOD, "day_long": timedelta(days=1)}
    return {"accounts": office.desk.accounts, "today": calendars.today(office), **spans}


def _day(text: str) -> date | None:
    """A day with others on both sides, whatever the zone."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1971 <= day.year <= 2999 else None


def _id(request: Request) -> int:
    found = number(request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    return found
