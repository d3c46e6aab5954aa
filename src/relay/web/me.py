"""A member's own page: where they are signed in, by what they sign in, and their address."""

from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.core.signing.wrong import Wrong
from relay.pipeline import members
from relay.storage import journal, passkeys, people, sessions
from relay.storage.journal import Actor
from relay.web.auth import MEANS, client_network, session, signed_in
from relay.web.office import Office
from relay.web.pages import page, see
from relay.web.review import Form, read_form
from relay.web.signing.passwords import verified
from relay.web.ways import has_passkeys

DID = {
    "end": "ended",
    "end-others": "ended",
    "email": "email",
    "password": "password",
    "rename": "renamed",
    "remove": "removed",
    "unbind": "unbound",
}
"""What can be done, and what is said of it then: the word stands in the address of its form."""


def show(request: Request) -> Response:
    """The page."""
    return _page(request, signed_in(request))


def change(request: Request) -> Response:
    """One form: do it, or say why not, on the same page."""
    editor, word = signed_in(request), request.path_params["word"]
    if word not in DID:
        raise HTTPException(404)
    try:
        _do(request, editor, word, read_form(request))
    except Refusal as refusal:
        return _page(request, editor, 409, refused=str(refusal), about=word)
    return see("/me", did=DID[word])


def _do(request: Request, editor: Editor, word: str, form: Form) -> None:
    office: Office = request.app.state.office
    desk = members.Office(office.db, office.desk.accounts, Actor(editor.name, MEANS), office.clock())
    match word:
        case "end":
            members.end(desk, editor.name, form.get("session", "none"))
        case "end-others":
            members.end(desk, editor.name, but=session(request))
        case "email":
            members.change(desk, replace(editor, email=form.get("email", "")))
        case "password":
            _set_password(request, editor, desk, form)
        case _:
            _keep_passkey(office, editor, word, form)


def _set_password(request: Request, editor: Editor, desk: members.Office, form: Form) -> None:
    """Whoever has one shows it: a page left open is not enough to lock its owner out."""
    office: Office = request.app.state.office
    if not office.sign_in.passwords:
        raise HTTPException(404)
    with office.db.read() as tx:
        has = bool(people.password(tx, editor.name))
    if has and isinstance(verified(office, editor.name, form.get("current", ""), client_network(request)), Wrong):
        raise Refusal("The present password is not this one, or it was tried too often: wait a little.")
    members.set_password(desk, editor.name, form.get("new", ""), session(request))


def _keep_passkey(office: Office, editor: Editor, word: str, form: Form) -> None:
    """Another name, or none any more; or the provider is to ask anew who this is."""
    id, name = form.get("passkey", ""), form.get("name", "").strip()[:100]
    with office.db.write() as tx:
        known = passkeys.get(tx, id)
        match word:
            case "rename":
                what = f"renamed passkey to {name}" if name and passkeys.rename(tx, editor.name, id, name) else ""
            case "remove":
                what = f"removed passkey {known.name}" if known and passkeys.remove(tx, editor.name, id) else ""
            case _:
                people.bind(tx, editor.name, "")
                what = "is no longer known to the identity provider"
        if what:
            journal.note(tx, Actor(editor.name, MEANS), f"member {editor.name}", what, office.clock())


def _page(request: Request, editor: Editor, status: int = 200, refused: str = "", about: str = "") -> Response:
    office: Office = request.app.state.office
    with office.db.read() as tx:
        own: dict[str, Any] = {
            "sessions": sessions.of(tx, editor.name, office.clock(), session(request)),
            "passkeys": passkeys.of(tx, editor.name),
            "has_password": bool(people.password(tx, editor.name)),
            "is_bound": bool(people.subject(tx, editor.name)),
        }
    offered = {
        "by_letter": office.post_letter is not None,
        "by_password": office.sign_in.passwords,
        "by_provider": office.sign_in.provider.name if office.sign_in.provider else "",
        "by_passkey": has_passkeys(office),
    }
    did = request.query_params.get("did", "") if status == 200 else ""
    return page(request, "me.html.j2", status, refused=refused, about=about, did=did, **own, **offered)
