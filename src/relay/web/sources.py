"""How the sources do: what each last answered, when it is asked again and why then, and what a person can do."""

from datetime import datetime
from typing import assert_never

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.pipeline.care import remedies, seeking, seen
from relay.pipeline.care.remedies import Remedy, Wish
from relay.pipeline.care.seeking import Looked
from relay.pipeline.polling.asking import Polled
from relay.storage import fetches
from relay.web import dossier, fetchlog
from relay.web.auth import signed_in
from relay.web.done import number
from relay.web.office import Office
from relay.web.pages import language, page, see
from relay.web.review import read_form
from relay.web.words import LANGUAGES

MEANS = "page"
SHOWN = 50
"""Sources on a page of the listing."""


def listing(request: Request) -> Response:
    """Every configured source, those that need a person first."""
    office: Office = request.app.state.office
    signed_in(request)
    start = number(request.query_params.get("after", "")) or 0
    with office.db.read() as tx:
        found = seen.every(tx, office.desk, office.clock())
        shown = found[start : start + SHOWN]
        logs = {one.source.id: fetchlog.bars(fetches.of(tx, one.source.id)) for one in shown}
    groups = [(name, [one for one in shown if one.needs_a_person is needy]) for name, needy in _GROUPS]
    beyond = start + SHOWN if len(found) > start + SHOWN else None
    said = dossier.amounts(language(request))
    return page(request, "sources.html.j2", groups=groups, logs=logs, beyond=beyond, **said)


_GROUPS = (("needy", True), ("well", False))


def show(request: Request) -> Response:
    """One source, with its last fetches."""
    return _page(request, signed_in(request), _source_id(request))


def remedy(request: Request) -> Response:
    """One button: do it and show the source as it is then, or say why not."""
    editor, source_id = signed_in(request), _source_id(request)
    if request.path_params["remedy"] not in set(Remedy):
        raise HTTPException(404)
    wanted = Remedy(request.path_params["remedy"])
    wish = Wish(source_id, wanted, editor, MEANS, read_form(request).get("url", "").strip())
    try:
        remedies.check(wish)
        return _apply(request, wish)
    except Refusal as refusal:
        status = 409 if remedies.may(editor.role, wanted) else 403
        return _page(request, editor, source_id, status, refused=str(refusal))


def _apply(request: Request, wish: Wish) -> Response:
    office: Office = request.app.state.office
    asked, now = (office.db, office.reader, office.desk), office.clock()
    match wish.remedy:
        case Remedy.ASK:
            return _answered(office, remedies.ask_now(*asked, wish.source_id, now), now)
        case Remedy.WHOLE:
            return _answered(office, remedies.ask_whole(*asked, wish.source_id, now), now)
        case Remedy.LOOK:
            looked = seeking.look(*asked, wish.source_id, now)
            return _page(request, wish.editor, wish.source_id, looked=looked)
        case Remedy.USE:
            remedies.use(*asked, wish, now)
        case Remedy.BACK:
            remedies.back(office.db, office.desk, wish, now)
        case _:
            assert_never(wish.remedy)
    return see(f"/sources/{wish.source_id}", did=wish.remedy)


def _answered(office: Office, polled: Polled, since: datetime) -> Response:
    if polled.new or polled.edited:
        office.brought()
    asked_at = polled.state.polled_at
    is_asked = asked_at is not None and asked_at >= since
    return see(f"/sources/{polled.source_id}", did="ask" if is_asked else "paused")


def _page(
    request: Request, editor: Editor, source_id: str, status: int = 200, refused: str = "", looked: Looked | None = None
) -> Response:
    office: Office = request.app.state.office
    with office.db.read() as tx:
        one, log = seen.one(tx, office.desk, source_id, office.clock()), fetches.of(tx, source_id)
    values = dossier.dossier(office, editor, one, log, language(request))
    did = request.query_params.get("did", "") if not refused else ""
    said = {"refused": refused, "looked": looked, "did": did}
    return page(request, "dossier.html.j2", status, languages=_languages(source_id), **said, **values)


def _languages(source_id: str) -> list[tuple[str, str]]:
    """After a button too, the same page in another language is that of the source."""
    return [(code, f"/sources/{source_id}?lang={code}") for code in LANGUAGES]


def _source_id(request: Request) -> str:
    office: Office = request.app.state.office
    source_id: str = request.path_params["source"]
    if source_id not in office.desk.sources:
        raise HTTPException(404)
    return source_id
