"""Step 10 over HTTP: the page where editors judge, and the forms they judge with."""

import re
from collections.abc import Mapping

import anyio.from_thread
from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from relay.core.crosspost import Crosspost
from relay.core.language.text import measure
from relay.core.people import Editor
from relay.core.review.transitions import ALLOWED, Event
from relay.core.review.workflow import Refusal
from relay.pipeline import review
from relay.pipeline.directory import may_name
from relay.storage import crossposts
from relay.web import actions, amounts, queue, security, sheet
from relay.web.actions import Action
from relay.web.auth import signed_in
from relay.web.done import done, number
from relay.web.office import Office
from relay.web.pages import language, page, see
from relay.web.roster import label
from relay.web.wording.said import said

MEANS = "page"
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no page, no network and not every database takes."""

Form = Mapping[str, str]

GOES_ON = frozenset({"approve", "changes", "hold", "reject", "confirm", "give_up"})
"""Actions after which the next cross-post is put before the editor; after the others this one stays."""


def show(request: Request) -> Response:
    """A tab of the queue with its first cross-post, or with the one the address names."""
    return show_sheet(request, signed_in(request), _id(request) if "id" in request.path_params else None)


def judge(request: Request) -> Response:
    """One form: do it and go on, or say why not, on the same page, with what was typed still there."""
    office: Office = request.app.state.office
    editor = signed_in(request)
    id, action = _id(request), actions.BY_NAME.get(request.path_params["action"])
    if action is None:
        raise HTTPException(404)
    form = read_form(request)
    try:
        _do(office, editor, action, id, form)
    except Refusal as refusal:
        status = 409 if editor.role in ALLOWED[action.event] else 403
        return show_sheet(request, editor, id, status, {"refused": str(refusal), **_typed(form)})
    office.nudge()
    return _on(request, office, action, form)


def count(request: Request) -> Response:
    """How long a text is for an account: numbers for the script, the whole page for a form."""
    office: Office = request.app.state.office
    editor, form = signed_in(request), read_form(request)
    try:
        review.check_amount(form.get("text", ""))
    except Refusal as refusal:
        return _uncounted(request, editor, form, str(refusal))
    if "account" not in form:
        return show_sheet(request, editor, _number(form, "id"), 200, _typed(form))
    account, text = form["account"], form.get("text", "").replace("\r\n", "\n").strip()
    counts = measure(text, office.desk.limits(account)) if account in office.desk.accounts else ()
    return JSONResponse([{"unit": one.unit, "used": one.used, "max": one.max} for one in counts])


def _uncounted(request: Request, editor: Editor, form: Form, why: str) -> Response:
    """Too long to be counted: one sentence, for the script or on the page."""
    if "account" in form:
        return JSONResponse({"refused": said(why, language(request))[0]}, 413)
    return show_sheet(request, editor, _number(form, "id"), 413, {"refused": why, **_typed(form)})


def counts(request: Request) -> Response:
    """How many cross-posts each tab holds, for a page that stays open."""
    office: Office = request.app.state.office
    signed_in(request)
    with office.db.read() as tx:
        return JSONResponse(queue.counts(tx))


def read_form(request: Request) -> Form:
    """A form's fields; endpoints run in threads, reading does not."""
    return anyio.from_thread.run(_form, request)


async def _form(request: Request) -> Form:
    form = await request.form(max_files=0, max_fields=20)
    return {name: _UNSEEN.sub("", value) for name, value in form.items() if isinstance(value, str)}


def _do(office: Office, editor: Editor, action: Action, id: int, form: Form) -> Crosspost:
    """Every form was made for one revision: none is carried over to words that its sender has not seen."""
    revision, actor, now = _number(form, "revision"), (editor, MEANS), office.clock()
    match action.name:
        case "approve":
            return review.approve(office.db, office.desk, id, actor, revision, office.mint())
        case "edit":
            return review.edit(office.db, id, actor, revision, form.get("text", ""), now)
        case _:
            _check_revision(office, id, revision)
            return review.move(office.db, id, action.event, actor, form.get("reason", ""), now)


def _check_revision(office: Office, id: int, revision: int) -> None:
    with office.db.read() as tx:
        current = crossposts.get(tx, id)
    if current and current.revision != revision:
        raise Refusal(f"The text has changed since (revision {current.revision}): read it again.")


def _on(request: Request, office: Office, action: Action, form: Form) -> Response:
    id, tab = _id(request), _tab(request, None)
    with office.db.read() as tx:
        this = crossposts.get(tx, id)
        goes_on = this and action.name in GOES_ON and "stay" not in form and not tab.is_past
        following = crossposts.following(tx, tab.states, this) if this and goes_on else id
    path = "/review" if following is None else f"/review/{following}"
    return see(path, state=request.query_params.get("state"), done=id, did=action.name)


def show_sheet(
    request: Request, editor: Editor, id: int | None, status: int = 200, typed: Mapping[str, str] | None = None
) -> Response:
    """The page of one cross-post, or of the first; ``typed`` is what was refused, and why."""
    office: Office = request.app.state.office
    with office.db.read() as tx:
        at = _focus(tx, office, editor, id, typed or {}) if id is not None else None
        tab = _tab(request, at)
        found = sheet.load_at(tx, tab, at) if at else sheet.load(tx, office, editor, tab, _after(request))
        flash = done(tx, office, editor, request.query_params)
    values = {"sheet": found, "tab": tab, "tabs": queue.TABS, "done": flash, "now": office.clock()}
    values |= {"may_name": may_name(editor.role), "label": label, "may_describe": editor.role in ALLOWED[Event.EDIT]}
    values |= {"price": lambda dollars: amounts.price(dollars, language(request))}
    values |= {"is_described": request.query_params.get("said") == "alt"}
    shown = {"refused": "", "text": None, "reason": "", "alt": None, **(typed or {})}
    response = page(request, "review.html.j2", status, **values, **shown)
    response.headers["Content-Security-Policy"] = security.REVIEW
    return response


def _focus(tx: Connection, office: Office, editor: Editor, id: int, typed: Mapping[str, str]) -> sheet.Focus:
    crosspost = crossposts.get(tx, id)
    if crosspost is None:
        raise HTTPException(404)
    return sheet.focus(tx, office, editor, crosspost, typed.get("text"))


def _tab(request: Request, at: sheet.Focus | None) -> queue.Tab:
    asked = queue.BY_NAME.get(request.query_params.get("state", ""))
    return asked or (queue.tab_of(at.crosspost.state) if at else queue.TABS[0])


def _after(request: Request) -> int | None:
    return number(request.query_params.get("after", ""))


def _typed(form: Form) -> dict[str, str]:
    """What goes back into the boxes: no more than may stand there."""
    return {name: form[name][: review.LONGEST] for name in ("text", "reason") if name in form}


def _id(request: Request) -> int:
    found = number(request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    return found


def _number(form: Form, name: str) -> int:
    found = number(form.get(name, ""))
    if found is None:
        raise HTTPException(400)
    return found
