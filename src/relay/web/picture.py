"""The picture of a post on the review sheet: shown as relay keeps it, and described by an editor."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.crosspost import Crosspost
from relay.core.people import Editor
from relay.core.pictures.rendition import digest_of
from relay.core.review.moving import Refusal, check_scope
from relay.core.review.transitions import ALLOWED, Event
from relay.pipeline import pictures
from relay.storage import crossposts
from relay.storage import pictures as kept
from relay.web.auth import signed_in
from relay.web.done import number
from relay.web.near import PICTURES
from relay.web.office import Office
from relay.web.pages import see
from relay.web.review import MEANS, read_form, show_sheet


def show(request: Request) -> Response:
    """One rendition; what stands under its name never changes."""
    signed_in(request)
    return rendition(request.app.state.office, request.path_params["name"])


def rendition(office: Office, name: str) -> Response:
    """What relay keeps under ``name``, for whoever may see it."""
    with office.db.read() as tx:
        sizes = kept.sizes(tx, {digest_of(f"{PICTURES}/{name}") or ""})
        found = next((one for one in sizes if one.name == name), None)
        body = kept.body(tx, found) if found else None
    if found is None or body is None:
        raise HTTPException(404)
    return Response(body, media_type=found.type, headers={"Cache-Control": "private, max-age=31536000, immutable"})


def describe(request: Request) -> Response:
    """The alternative text that an editor gives: it is in the feeds at once, and the sheet stays."""
    office: Office = request.app.state.office
    editor, form, id = signed_in(request), read_form(request), number(request.path_params["id"])
    with office.db.read() as tx:
        crosspost = crossposts.get(tx, id) if id is not None else None
    if crosspost is None:
        raise HTTPException(404)
    try:
        _describe(office, editor, crosspost, form.get("alt", ""))
    except Refusal as refusal:
        status = 409 if _may(editor) else 403
        return show_sheet(request, editor, crosspost.id, status, {"refused": str(refusal), "alt": form.get("alt", "")})
    office.brought()
    response = see(f"/review/{crosspost.id}", state=request.query_params.get("state"), said="alt")
    response.headers["location"] += "#alt"
    return response


def _describe(office: Office, editor: Editor, crosspost: Crosspost, alt: str) -> None:
    if not _may(editor):
        raise Refusal(f"{editor.name} ({editor.role}) may not describe pictures.")
    check_scope(crosspost, editor)
    pictures.describe(office.db, crosspost.entry_id, alt, (editor, MEANS), office.clock())


def _may(editor: Editor) -> bool:
    """Whoever may correct the words of a post."""
    return editor.role in ALLOWED[Event.EDIT]
