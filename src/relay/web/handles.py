"""Who is who on each network: the directory, and the forms with which editors add to it."""

from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.directory.handles import Body
from relay.core.directory.overlay import NONE
from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.pipeline import directory
from relay.pipeline.directory import Setting, may_name
from relay.pipeline.today import current
from relay.web import moments, naming, roster
from relay.web.auth import signed_in
from relay.web.done import number
from relay.web.naming import Reading
from relay.web.office import Office
from relay.web.pages import language, page, see
from relay.web.review import read_form
from relay.web.roster import Card
from relay.web.words import LANGUAGES

SHOWN = 60
"""Bodies on a page of the listing."""

WORDS = frozenset({"handle", "none", "back", "names", "remove"})
"""What can be done to a body, each a button: the word stands in its address."""


def listing(request: Request) -> Response:
    """Everybody, or those that are looked for."""
    return _listing(request, signed_in(request))


def add(request: Request) -> Response:
    """A body that nobody knows yet, with its first handle where that is given."""
    office: Office = request.app.state.office
    editor, reading = signed_in(request), Reading(read_form(request), language(request))
    try:
        directory.check(editor)
        body = _new_body(office, editor, reading)
        if reading.faults:
            return _listing(request, editor, 422, reading=reading)
        named = directory.name(office.db, office.desk, body, editor, office.clock())
    except Refusal as refusal:
        return _listing(request, editor, 403, refused=str(refusal))
    office.brought()
    return see(f"/handles/{named.id}", did="added")


def show(request: Request) -> Response:
    """One body."""
    return _one(request, signed_in(request))


def change(request: Request) -> Response:
    """One form about a body: do it and show the body as it is then, or say why not, with what was typed still there."""
    office: Office = request.app.state.office
    editor, word, before = signed_in(request), request.path_params["word"], _card(request)
    if word not in WORDS:
        raise HTTPException(404)
    reading = Reading(read_form(request), language(request))
    try:
        directory.check(editor)
        _do(office, editor, before, word, reading)
    except Refusal as refusal:
        return _one(request, editor, 409 if may_name(editor.role) else 403, refused=str(refusal))
    if reading.faults:
        return _one(request, editor, 422, reading=reading)
    office.brought()
    is_gone = word == "remove" and not before.is_known
    return see("/handles" if is_gone else f"/handles/{before.body.id}", did="removed" if is_gone else word)


def _do(office: Office, editor: Editor, before: Card, word: str, reading: Reading) -> None:
    """Nothing is done where the reading finds a fault."""
    if word == "remove":
        directory.forget(office.db, before.body.id, editor)
    elif word == "names":
        with office.db.read() as tx:
            known = current(tx, office.desk).directory
        body = naming.body(reading, known, before.body.id)
        if not reading.faults:
            directory.name(office.db, office.desk, body, editor, office.clock())
    else:
        setting = _setting(office, editor, before, word, reading)
        if not reading.faults:
            directory.set_handle(office.db, office.desk, setting, editor, office.clock())


def _setting(office: Office, editor: Editor, before: Card, word: str, reading: Reading) -> Setting:
    networks = roster.offered(office.desk, (before,))
    if word == "handle":
        network, handle = naming.handle_on(reading, networks)
        return Setting(before.body.id, network, handle, naming.check(reading.form, editor, office.zone, office.clock()))
    network = naming.network(reading, networks)
    beneath = (line.beneath for line in before.lines if line.network == network)
    return Setting(before.body.id, network, next(beneath, NONE) if word == "back" else NONE)


def _new_body(office: Office, editor: Editor, reading: Reading) -> Body:
    with office.db.read() as tx:
        known = current(tx, office.desk).directory
    body = naming.body(reading, known)
    if not reading.typed("handle"):
        return body
    network, handle = naming.handle_on(reading, roster.offered(office.desk))
    check = naming.check(reading.form, editor, office.zone, office.clock())
    return replace(body, handles={network: handle}, verified={network: check} if check else {})


def _listing(
    request: Request, editor: Editor, status: int = 200, refused: str = "", reading: Reading | None = None
) -> Response:
    office: Office = request.app.state.office
    wanted = request.query_params.get("q", "").strip()[: naming.LONGEST]
    start = number(request.query_params.get("after", "")) or 0
    with office.db.read() as tx:
        every = roster.cards(tx, office.desk)
    found = roster.matching(every, wanted)
    values = {
        "cards": found[start : start + SHOWN],
        "beyond": start + SHOWN if len(found) > start + SHOWN else None,
        "total": len(every),
        "found": len(found),
        "wanted": wanted,
        "networks": roster.offered(office.desk, every),
    }
    return _page(request, "handles.html.j2", editor, status, refused, reading, **values)


def _one(
    request: Request, editor: Editor, status: int = 200, refused: str = "", reading: Reading | None = None
) -> Response:
    office: Office = request.app.state.office
    card = _card(request)
    networks = roster.offered(office.desk, (card,))
    missing = (network for network in networks if network not in card.body.handles)
    asked = request.query_params.get("network", "")
    values = {
        "card": card,
        "networks": networks,
        "network": asked if asked in networks else next(missing, networks[0]),
        "languages": [(code, f"{_address(request)}?lang={code}") for code in LANGUAGES],
    }
    return _page(request, "body.html.j2", editor, status, refused, reading, **values)


def _page(
    request: Request, template: str, editor: Editor, status: int, refused: str, reading: Reading | None, **values: Any
) -> Response:
    tongue = language(request)
    return page(
        request,
        template,
        status,
        may=may_name(editor.role),
        refused=refused,
        typed=reading.form if reading else {},
        faults=reading.faults if reading else {},
        did=request.query_params.get("did", "") if status == 200 else "",
        label=roster.label,
        day=lambda on: moments.day(on, tongue),
        **values,
    )


def _card(request: Request) -> Card:
    office: Office = request.app.state.office
    with office.db.read() as tx:
        found = roster.card(tx, office.desk, request.path_params["body"])
    if found is None:
        raise HTTPException(404)
    return found


def _address(request: Request) -> str:
    return f"/handles/{request.path_params['body']}"
