"""How long a text is, as it is typed: numbers for the script, the whole page for a form."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from relay.core.account import Limits
from relay.core.language.length import measure
from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.core.thread import parts
from relay.pipeline import review
from relay.pipeline.today import current
from relay.web.auth import signed_in
from relay.web.office import Office
from relay.web.pages import language
from relay.web.review import Form, number_in, read_form, show_sheet, typed
from relay.web.wording.said import said


def count(request: Request) -> Response:
    """The length of every post of a text for an account, in every unit that counts there."""
    office: Office = request.app.state.office
    editor, form = signed_in(request), read_form(request)
    try:
        review.check_amount(form.get("text", ""))
        review.check_amount(form.get("warning", ""))
    except Refusal as refusal:
        return _uncounted(request, editor, form, str(refusal))
    if "account" not in form:
        return show_sheet(request, editor, number_in(form, "id"), 200, typed(form))
    account, text = form["account"], form.get("text", "").replace("\r\n", "\n").strip()
    with office.db.read() as tx:
        desk = current(tx, office.desk)
    warning = " ".join(form.get("warning", "").split())
    return JSONResponse(_numbers(text, warning, desk.limits(account)) if account in desk.accounts else [])


def _numbers(text: str, warning: str, limits: Limits) -> list[dict[str, object]]:
    """``post`` is the number of the post, from 1, of as many as the text makes."""
    posts = parts(text) if limits.threads else (text,)
    return [
        {"post": number, "unit": one.unit, "used": one.used, "max": one.max}
        for number, post in enumerate(posts, 1)
        for one in measure(post, limits, warning)
    ]


def _uncounted(request: Request, editor: Editor, form: Form, why: str) -> Response:
    """Too long to be counted: one sentence, for the script or on the page."""
    if "account" in form:
        return JSONResponse({"refused": said(why, language(request))[0]}, 413)
    return show_sheet(request, editor, number_in(form, "id"), 413, {"refused": why, **typed(form)})
