"""Step 10 over HTTP: the page where editors judge, and the forms they judge with."""

import re
from collections.abc import Mapping

import anyio.from_thread
from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from relay.core.crosspost import Crosspost
from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal
from relay.core.review.transitions import ALLOWED, Event, roles
from relay.pipeline import review
from relay.pipeline.directory import may_name
from relay.storage import crossposts, finding, news
from relay.web import actions, amounts, queue, search, sheet
from relay.web.actions import Action
from relay.web.auth import signed_in
from relay.web.done import done, number
from relay.web.focus import NOTHING, Focus, focus
from relay.web.office import Office
from relay.web.pages import language, page, see
from relay.web.roster import label

MEANS = "page"
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no page, no network and not every database takes."""

Form = Mapping[str, str]

GOES_ON = frozenset({"approve", "override", "changes", "hold", "reject", "confirm", "give_up"}) | frozenset(
    {"approve_withdrawal", "dismiss", "keep", "removed"}
)
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
        status = 409 if editor.role in _may(office, id, action) else 403
        return show_sheet(request, editor, id, status, {"refused": str(refusal), **typed(form)})
    office.nudge()
    return _on(request, editor, action, form)


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
    form = await request.form(max_files=0, max_fields=40)
    return {name: _UNSEEN.sub("", value) for name, value in form.items() if isinstance(value, str)}


def _do(office: Office, editor: Editor, action: Action, id: int, form: Form) -> Crosspost:
    """Every form was made for one revision: none is carried over to words that its sender has not seen."""
    revision, actor, now = number_in(form, "revision"), (editor, MEANS), office.clock()
    match action.name:
        case "approve":
            return review.approve(office.db, office.desk, id, actor, revision, office.mint())
        case "override":
            said = (revision, form.get("reason", ""))
            return review.override(office.db, office.desk, id, actor, said, office.mint())
        case "edit" | "correct":
            return review.edit(office.db, office.desk, id, actor, _words(revision, form), now)
        case _:
            _check_revision(office, id, revision)
            return review.move(office.db, office.desk, id, actor, review.Act(action.event, form.get("reason", "")), now)


def _may(office: Office, id: int, action: Action) -> frozenset[Role]:
    """Whose word it takes where the cross-post stands now."""
    with office.db.read() as tx:
        this = crossposts.get(tx, id)
    return roles(this.state, action.event) if this else ALLOWED[action.event]


def _words(revision: int, form: Form) -> review.Words:
    return review.Words(revision, form.get("text", ""), form.get("warning"))


def _check_revision(office: Office, id: int, revision: int) -> None:
    with office.db.read() as tx:
        current = crossposts.get(tx, id)
    if current and current.revision != revision:
        raise Refusal(f"The text has changed since (revision {current.revision}): read it again.")


def _on(request: Request, editor: Editor, action: Action, form: Form) -> Response:
    office: Office = request.app.state.office
    id, asked = _id(request), search.asked(request.query_params)
    with office.db.read() as tx:
        this = crossposts.get(tx, id)
        goes_on = this and action.name in GOES_ON and "stay" not in form and not asked.tab.is_past
        wanted = search.wanted(asked, office.desk, editor)
        following = finding.following(tx, wanted, this) if this and goes_on else id
    path = "/review" if following is None else f"/review/{following}"
    kept = {name: value for name, value in asked.parts.items() if name in request.query_params}
    return see(path, **kept, done=id, did=action.name)


def show_sheet(
    request: Request, editor: Editor, id: int | None, status: int = 200, entered: Mapping[str, str] = NOTHING
) -> Response:
    """The page of one cross-post, or of the first; ``entered`` is what was refused, and why."""
    office: Office = request.app.state.office
    with office.db.read() as tx:
        at = _focus(tx, office, editor, id, entered) if id is not None else None
        asked = search.asked(request.query_params, queue.tab_of(at.crosspost.state) if at else None)
        found = (
            sheet.load_at(tx, office, editor, asked, at)
            if at
            else sheet.load(tx, office, editor, asked, _after(request))
        )
        flash = done(tx, office, editor, request.query_params)
        mark = news.mark(tx)
    values = {"sheet": found, "tab": asked.tab, "tabs": queue.TABS, "done": flash, "now": office.clock()}
    values |= {"looked_for": asked}
    values |= {"may_name": may_name(editor.role), "label": label, "may_describe": editor.role in ALLOWED[Event.EDIT]}
    values |= {"price": lambda dollars: amounts.price(dollars, language(request))}
    values |= {"is_described": request.query_params.get("said") == "alt"}
    values |= {"told": request.query_params.get("said", ""), "mark": mark}
    shown = {"refused": "", "text": None, "reason": "", "alt": None, "remark": "", **entered}
    return page(request, "review.html.j2", status, **values, **shown)


def _focus(tx: Connection, office: Office, editor: Editor, id: int, entered: Mapping[str, str]) -> Focus:
    crosspost = crossposts.get(tx, id)
    if crosspost is None:
        raise HTTPException(404)
    return focus(tx, office, editor, crosspost, entered)


def _after(request: Request) -> int | None:
    return number(request.query_params.get("after", ""))


def typed(form: Form) -> dict[str, str]:
    """What goes back into the boxes: no more than may stand there."""
    return {name: form[name][: review.LONGEST] for name in ("text", "warning", "reason") if name in form}


def _id(request: Request) -> int:
    found = number(request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    return found


def number_in(form: Form, name: str) -> int:
    """A field that every form of ours has; a form without it is not guessed at."""
    found = number(form.get(name, ""))
    if found is None:
        raise HTTPException(400)
    return found
